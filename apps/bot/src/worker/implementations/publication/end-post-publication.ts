import type { Implementation } from '@continuum/workflow-core'
import { endPostPublication } from '../../../activities/publication.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Does nothing but end, which the dashboard shows. */
export function implementEndPostPublication({ tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, endPostPublication, async () => ({
    output: undefined,
    message: 'Post-publication is complete.',
  }))
}
