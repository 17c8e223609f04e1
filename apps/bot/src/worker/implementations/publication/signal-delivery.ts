import { implement, type Implementation } from '@continuum/workflow-core'
import { signalDelivery } from '../../../activities/publication.ts'
import type { Tools } from '../../step/tools.ts'

export function implementSignalDelivery({ signal }: Tools): Implementation {
  return implement(signalDelivery, async ({ workflowId, ended }, { log }) => {
    const told = await signal(workflowId, 'publicationEnded', ended)
    if (!told) log.warn({ waiting: workflowId, run: ended.run }, 'no delivery waits for this publication any more')
  })
}
