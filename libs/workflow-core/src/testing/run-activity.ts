import type { ActivityTools, Implementation } from '../declare/implement.ts'
import { silent } from '../values/logger.ts'

/**
 * Runs one implementation alone, and checks its input and output as a worker does.
 * @param tools overrides the tools of a first attempt, such as `{ attempt: 2, info: { lastHeartbeat } }`
 * @returns the output after its passage through JSON, and the heartbeat details in order
 */
export async function runActivity(
  { activity, run }: Implementation,
  input: unknown,
  { info, ...tools }: Partial<Omit<ActivityTools, 'info'>> & { readonly info?: Partial<ActivityTools['info']> } = {},
): Promise<{ output: unknown; heartbeats: unknown[] }> {
  const heartbeats: unknown[] = []
  const text = await run(input, {
    signal: new AbortController().signal,
    heartbeat: (details) => void heartbeats.push(details),
    attempt: 1,
    maxAttempts: activity.retry.maxAttempts,
    log: silent,
    ...tools,
    info: { workflowId: 'test', runId: 'test', activityId: `${activity.name}#1`, ...info },
  })
  return { output: text === undefined ? undefined : JSON.parse(text), heartbeats }
}
