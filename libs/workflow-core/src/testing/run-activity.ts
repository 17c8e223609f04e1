import type { ActivityTools, Implementation } from '../declare/implement.ts'
import { silent } from '../values/logger.ts'

/**
 * Runs one implementation alone, its input and output checked as a worker does.
 * @param tools in place of those that a first attempt has, such as `{ attempt: 2, info: { lastHeartbeat } }`
 * @returns the output after its passage through JSON, and the heartbeats in order
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
    attempts: activity.retry.attempts,
    log: silent,
    ...tools,
    info: { workflowId: 'test', runId: 'test', activityId: `${activity.name}#1`, ...info },
  })
  return { output: text === undefined ? undefined : JSON.parse(text), heartbeats }
}
