import { decisionOf } from './swf-decisions.ts'
import type { Attributes, RecordedEvent, Recording } from './swf-recording.ts'
import type { Call } from './swf-raw.ts'

/** Executions that stand in for those that signalled the recorded one, or that it signalled. */
export interface StandIns {
  /** Starts those that the recorded execution reaches. */
  start(): Promise<void>
  /** Lets another execution send what the recorded one received. */
  send(event: RecordedEvent, workflowId: string): Promise<void>
}

const taskList = { name: 'stand-ins' }
/** The events of an execution before the first that a decision writes: started; a decision task scheduled, started, completed. */
const before = 4

export function standIns(call: Call, { start, history }: Recording): StandIns {
  const { domain, workflowType } = start
  const startOne = (workflowId = '') =>
    call('StartWorkflowExecution', { ...start, workflowType, domain, workflowId, taskList })
  return {
    async start() {
      const reached = new Set(
        history
          .filter(({ eventType }) => /^ExternalWorkflowExecution(Signaled|CancelRequested)$/.test(eventType))
          .map(({ attributes }) => attributes.workflowExecution?.workflowId),
      )
      for (const workflowId of reached) await startOne(workflowId)
    },
    async send({ eventType, attributes }, workflowId) {
      const { externalWorkflowExecution, externalInitiatedEventId = 0 } = attributes
      await startOne(externalWorkflowExecution?.workflowId)
      const { taskToken } = await call<{ taskToken: string }>('PollForDecisionTask', { domain, taskList })
      const markers = Array.from({ length: externalInitiatedEventId - before - 1 }, () =>
        decided('MarkerRecorded', { markerName: 'filler' }),
      )
      const kind = eventType === 'WorkflowExecutionSignaled' ? 'Signal' : 'RequestCancel'
      const request = decided(`${kind}ExternalWorkflowExecutionInitiated`, { ...attributes, workflowId })
      const close = decided('WorkflowExecutionCompleted', {})
      await call('RespondDecisionTaskCompleted', { taskToken, decisions: [...markers, request, close] })
    },
  }
}

const decided = (eventType: string, attributes: Attributes & Record<string, unknown>) =>
  decisionOf({ eventType, attributes })
