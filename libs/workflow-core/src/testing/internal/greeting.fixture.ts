import type { SWFClient, WorkflowExecutionInfo } from '@aws-sdk/client-swf'
import { setImmediate } from 'node:timers/promises'
import { Type } from 'typebox'
import { activity } from '../../declare/activity.ts'
import type { Logger } from '../../values/logger.ts'
import { workflow } from '../../declare/workflow.ts'

/** The workflow that the tests of deciders, workers and the client run, and functions to observe it. */

const retry = { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '15s' } as const
export const greet = activity({
  name: 'Greet',
  version: '1',
  input: Type.Object({ who: Type.String() }),
  output: Type.String(),
  timeouts: { startToClose: '8m', heartbeat: '1s' },
  retry,
})
export const declared = {
  name: 'Greeting',
  version: '1',
  input: Type.Object({ who: Type.String() }),
  timeout: '7d',
} as const
export const greeting = workflow({ ...declared, output: Type.String(), uses: { greet } }, (ctx, input) =>
  ctx.greet(input),
)

/** Creates a logger that records warnings and errors. */
export function recordLogs(): { logger: Logger; logged: string[] } {
  const logged: string[] = []
  const record = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  return { logger: { debug: () => {}, info: () => {}, warn: record, error: record }, logged }
}

/** Resolves when the next request of an operation has been answered. */
export function answered(swf: SWFClient, operation: string): Promise<void> {
  return new Promise((resolve) => {
    swf.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const reply = await next(args)
          if (commandName === `${operation}Command`) resolve()
          return reply
        },
      { step: 'initialize' },
    )
  })
}

/** Resolves when the condition holds; the test's own time-out is the limit. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await setImmediate()
}

/** Lists the workflow ids of executions. */
export async function ids(executions: AsyncIterable<WorkflowExecutionInfo>): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(executions)).map(({ execution }) => execution?.workflowId)
}

/** Lists the event types of a history. */
export async function types(
  history: AsyncIterable<{ eventType?: string | undefined }>,
): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(history)).map(({ eventType }) => eventType)
}
