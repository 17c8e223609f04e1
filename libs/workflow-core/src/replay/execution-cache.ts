import type { HistoryEvent } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { type ReplaySession, startReplaySession, type DecideOptions } from './decide.ts'

/** Replayed executions that a decider keeps in memory, so that their next decision needs only the new events. */
export interface ExecutionCache {
  /**
   * Decides from the cached execution; replays the whole history if it is not cached, or events are missing.
   * @param runId run id of the execution
   * @param task.events the newest events, at least those since the previous decision
   * @param task.readHistory reads the history from its first event to the last of `events`
   * @throws the errors of `decide`; the execution is then no longer cached
   */
  decide(
    workflow: AnyWorkflow,
    runId: string,
    task: { events: readonly HistoryEvent[]; readHistory: () => Promise<readonly HistoryEvent[]> },
    options: DecideOptions,
  ): Promise<ReplaySession['decisions']>
}

/** Creates an empty cache. @param maxSize maximum number of executions; the least recently decided is evicted first */
export function createExecutionCache(maxSize: number): ExecutionCache {
  const sessions = new Map<string, ReplaySession>()
  return {
    decide: async (workflow, runId, { events, readHistory }, options) => {
      const cached = sessions.get(runId)
      // Not cached while it is being decided: a task that timed out may be here twice.
      sessions.delete(runId)
      const since = cached === undefined ? [] : events.filter(({ eventId = 0 }) => eventId > cached.lastEventId)
      // If this fails, replaying the whole history tells whether the failure is real.
      const advanced = await cached?.advance(since).catch(() => undefined)
      const session = advanced ?? (await startReplaySession(workflow, await readHistory(), options))
      if (!session.decisions.some(({ decisionType }) => closingDecisions.has(decisionType ?? '')))
        sessions.set(runId, session)
      const [oldest] = sessions.keys()
      if (sessions.size > maxSize && oldest !== undefined) sessions.delete(oldest)
      return session.decisions
    },
  }
}

const closingDecisions: ReadonlySet<string> = new Set([
  'CompleteWorkflowExecution',
  'FailWorkflowExecution',
  'CancelWorkflowExecution',
  'ContinueAsNewWorkflowExecution',
])
