import type { HistoryEvent } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { type Carried, carry, type DecideOptions } from './decide.ts'

/** The executions that a decider has lately decided for, each carried along to where it then stood. */
export interface HotExecutions {
  /**
   * Decides on from where the execution stands here; replays its whole history where this process has not decided for
   * it lately, or is in doubt about what happened since.
   * @param runId whose history it is
   * @param events the newest of its history, at least those since the decision before
   * @param whole reads the history from its first event to the last of `events`
   * @throws what `decide` throws; then nothing is kept
   */
  decide(
    workflow: AnyWorkflow,
    runId: string,
    task: { events: readonly HistoryEvent[]; whole: () => Promise<readonly HistoryEvent[]> },
    options: DecideOptions,
  ): Promise<Carried['decisions']>
}

/** @param most how many are kept; the one that was decided for longest ago goes first */
export function createHotExecutions(most: number): HotExecutions {
  const kept = new Map<string, Carried>()
  return {
    decide: async (workflow, runId, { events, whole }, options) => {
      const hot = kept.get(runId)
      // While it is decided for, nobody else carries it: a task that timed out may be here twice.
      kept.delete(runId)
      const since = hot === undefined ? [] : events.filter(({ eventId = 0 }) => eventId > hot.seen)
      // What fails here is held against the whole history, which says for certain whether it fails.
      const on = await hot?.carryOn(since).catch(() => undefined)
      const carried = on ?? (await carry(workflow, await whole(), options))
      if (!carried.decisions.some(({ decisionType }) => endings.has(decisionType ?? ''))) kept.set(runId, carried)
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
      return carried.decisions
    },
  }
}

const endings: ReadonlySet<string> = new Set([
  'CompleteWorkflowExecution',
  'FailWorkflowExecution',
  'CancelWorkflowExecution',
  'ContinueAsNewWorkflowExecution',
])
