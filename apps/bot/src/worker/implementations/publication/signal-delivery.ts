import { implement, type Implementation } from '@continuum/workflow-core'
import { signalDelivery } from '../../../activities/publication.ts'
import type { Tools } from '../../step/tools.ts'

/** Signals the waiting execution; one that has ended already is only logged. */
export function implementSignalDelivery({ signal }: Tools): Implementation {
  return implement(signalDelivery, async ({ workflowId, ended }, { log }) => {
    const signalled = await signal(workflowId, 'publicationEnded', ended)
    if (!signalled) log.warn({ waiting: workflowId, run: ended.run }, 'no delivery is waiting for this publication')
  })
}
