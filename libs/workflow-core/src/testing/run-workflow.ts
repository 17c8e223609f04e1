import type { HistoryEvent } from '@aws-sdk/client-swf'
import { setImmediate } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { type Duration, toSeconds } from '../duration.ts'
import type { Implementation } from '../implement.ts'
import type { Logger } from '../logger.ts'
import { outcomeOf, type Outcome } from '../outcome.ts'
import { decode } from '../payload.ts'
import type { Execution, Signals } from '../context.ts'
import type { Workflow } from '../workflow.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { openStage } from './stage.ts'

export interface RunOptions {
  /** What does each activity that the workflow comes to: the real thing, or a stand-in for it. */
  readonly activities: readonly Implementation[]
  /** Signals sent so long after the start. */
  readonly signals?: readonly { readonly after: Duration; readonly name: string; readonly payload?: unknown }[]
  readonly clock?: TestClock
  readonly workflowId?: string
  readonly logger?: Logger
}

export interface Run<Output> {
  readonly outcome: Outcome
  /** What the workflow returned; `undefined` when it did not. */
  readonly output: Output | undefined
  readonly execution: Execution
  readonly history: readonly HistoryEvent[]
}

/**
 * Runs a workflow to its end on a local SWF of its own, with a real decider and real workers. Time is virtual: whenever
 * nothing but timers and time-outs is left, it jumps to the next, so a week's wait takes milliseconds.
 * @example
 * const { output } = await runWorkflow(publish, delivery, { activities: [implement(expand, async () => article)] })
 */
export async function runWorkflow<Input extends TSchema, Output extends TSchema, S extends Signals>(
  workflow: Workflow<Input, Output, S>,
  input: Static<Input>,
  { activities, signals = [], clock = createTestClock(), workflowId = 'test', logger }: RunOptions,
): Promise<Run<Static<Output>>> {
  await using stage = await openStage({ clock, ...(logger === undefined ? {} : { logger }) })
  const { client } = stage
  let busy = 0
  const watched = activities.map(({ activity, run }): Implementation => ({
    activity,
    run: async (...given) => {
      busy += 1
      return run(...given).finally(() => (busy -= 1))
    },
  }))
  await stage.decider([workflow])
  stage.workers(watched)

  const { runId = '' } = await client.start(workflow, { workflowId, input })
  const execution = { workflowId, runId }
  for (const { after, name, payload } of signals) {
    clock.schedule(clock.now() + toSeconds(after) * 1_000, () => {
      busy += 1
      void client.signal(execution, name, payload).finally(() => (busy -= 1))
    })
  }

  for (;;) {
    const detail = await client.describe(execution)
    if (detail?.executionInfo?.executionStatus !== 'OPEN') break
    const { openActivityTasks = 0, openDecisionTasks = 0 } = detail.openCounts ?? {}
    if (busy + openActivityTasks + openDecisionTasks === 0) clock.skip()
    await setImmediate()
  }
  const history = await Array.fromAsync(client.history(execution))
  const last = history.at(-1)
  const outcome = last === undefined ? undefined : outcomeOf(last)
  if (outcome === undefined) throw new Error(`Execution ${workflowId} is closed, but its history has no end.`)
  const output =
    outcome.status === 'completed' ? decode(workflow.output, outcome.result, `Output of ${workflowId}`) : undefined
  return { outcome, output, execution, history }
}
