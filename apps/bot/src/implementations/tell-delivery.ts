import { implement, type Implementation } from '@continuum/workflow-core'
import { tellDelivery } from '../activities/tell-delivery.ts'
import type { Tools } from './tools.ts'

export function implementTellDelivery({ signal }: Tools): Implementation {
  return implement(tellDelivery, async ({ workflowId, ended }, { log }) => {
    const told = await signal(workflowId, 'publicationEnded', ended)
    if (!told) log.warn({ waiting: workflowId, run: ended.run }, 'no delivery waits for this publication any more')
  })
}
