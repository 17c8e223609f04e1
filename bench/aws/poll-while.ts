import { setTimeout as pause } from 'node:timers/promises'
import { registerTypes, domain, workflowType } from './executions.ts'
import type { Server } from './server.ts'

/**
 * Does `work` while a decider polls: with each execution that starts, the milliseconds from that request until its decision
 * task has come to the poll that waits.
 */
export async function pollWhile<T>(server: Server, work: () => Promise<T>): Promise<readonly [T, readonly number[]]> {
  const swf = (operation: string, input: object) =>
    server.call(`SimpleWorkflowService.${operation}`, { domain, ...input })
  await registerTypes(server)
  const waits: number[] = []
  const began = Date.now()
  const over = new AbortController()
  const polling = (async () => {
    for (let n = 0; !over.signal.aborted; n++) {
      const polled = swf('PollForDecisionTask', { taskList: { name: 'decisions' } }).then(({ taskToken }) => ({
        taskToken,
        at: performance.now(),
      }))
      await pause(20)
      const started = performance.now()
      await swf('StartWorkflowExecution', { workflowId: `polled-${began}-${n}`, workflowType })
      const { taskToken, at } = await polled
      waits.push(Math.max(0, at - started))
      await swf('RespondDecisionTaskCompleted', {
        taskToken,
        decisions: [{ decisionType: 'CompleteWorkflowExecution', completeWorkflowExecutionDecisionAttributes: {} }],
      })
    }
  })()
  const result = await work()
  over.abort()
  await polling
  return [result, waits]
}
