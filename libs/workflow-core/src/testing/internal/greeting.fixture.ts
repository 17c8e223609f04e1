import type { SWFClient, WorkflowExecutionInfo } from '@aws-sdk/client-swf'
import { setImmediate } from 'node:timers/promises'
import { Type } from 'typebox'
import { activity } from '../../declare/activity.ts'
import type { Logger } from '../../values/logger.ts'
import { workflow } from '../../declare/workflow.ts'

/** The workflow that the tests of deciders, workers and the client run, and what they watch it by. */

const retry = { attempts: 3, first: '10s', factor: 2, longest: '15s' } as const
export const greet = activity({
  name: 'Greet',
  version: '1',
  input: Type.Object({ who: Type.String() }),
  output: Type.String(),
  timeouts: { run: '8m', heartbeat: '1s' },
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

/** A logger that keeps what is warned of. */
export function notes(): { logger: Logger; said: string[] } {
  const said: string[] = []
  const note = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`)
  return { logger: { debug: () => {}, info: () => {}, warn: note, error: note }, said }
}

/** Resolves with the next request of that operation, once it was answered. */
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

/** Resolves when it holds; the test's own time-out is the limit. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await setImmediate()
}

export async function ids(executions: AsyncIterable<WorkflowExecutionInfo>): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(executions)).map(({ execution }) => execution?.workflowId)
}

export async function types(
  history: AsyncIterable<{ eventType?: string | undefined }>,
): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(history)).map(({ eventType }) => eventType)
}
