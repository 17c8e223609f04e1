import type { Implementation } from '@continuum/workflow-core'
import { endPostPublication } from '../../../activities/publication.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Its end is what the dashboard is to know; there is nothing more to do. */
export function implementEndPostPublication({ tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, endPostPublication, async () => ({
    output: undefined,
    message: 'All that follows the publication is done.',
  }))
}
