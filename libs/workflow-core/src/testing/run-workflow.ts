import type { HistoryEvent } from '@aws-sdk/client-swf'
import { setTimeout } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import type { WorkflowClient } from '../client/client.ts'
import type { AnyWorkflow, Workflow } from '../declare/declared-workflow.ts'
import type { Implementation } from '../declare/implement.ts'
import type { Signals } from '../declare/workflow-tools.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { openStage } from './test-environment.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import type { Execution } from '../values/execution.ts'
import type { Logger } from '../values/logger.ts'
import type { Outcome } from '../values/outcome.ts'
import type { PayloadStore } from '../values/payload-store.ts'
import { decode } from '../values/payload.ts'

/** Milliseconds between looks at what goes on: the more seldom, the more there is to do. */
const longestLookMs = 16

export interface RunOptions {
  /** What does each activity that the workflow comes to: the real thing, or a stand-in for it. */
  readonly activities: readonly Implementation[]
  /** Signals sent so long after the start. */
  readonly signals?: readonly { readonly after: Duration; readonly name: string; readonly payload?: unknown }[]
  /** When its cancellation is requested. */
  readonly cancelAfter?: Duration
  readonly clock?: TestClock
  readonly workflowId?: string
  /** For values that are too long for SWF. */
  readonly store?: PayloadStore
  readonly logger?: Logger
}

export interface Run<Output> {
  readonly outcome: Outcome
  /** What the workflow returned; `undefined` when it did not. */
  readonly output: Output | undefined
  /** The last run, where it went on as new. */
  readonly execution: Execution
  readonly history: readonly HistoryEvent[]
}

/**
 * Runs a workflow to its end on a local SWF of its own, with a real decider and real workers; children run too. Time is
 * virtual: whenever nothing but timers and time-outs is left, it jumps to the next, so a week's wait takes milliseconds.
 * While an activity runs, time stands still, unless the activity itself turns the clock.
 * @example
 * const { output } = await runWorkflow(publish, delivery, { activities: [implement(expand, async () => article)] })
 */
export async function runWorkflow<Input extends TSchema, Output extends TSchema, S extends Signals>(
  workflow: Workflow<Input, Output, S>,
  input: Static<Input>,
  { activities, signals = [], cancelAfter, clock = createTestClock(), workflowId = 'test', store, logger }: RunOptions,
): Promise<Run<Static<Output>>> {
  await using stage = await openStage({
    clock,
    ...(store === undefined ? {} : { store }),
    ...(logger === undefined ? {} : { logger }),
  })
  const { client } = stage
  let busy = 0
  const whileBusy = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    busy += 1
    return work().finally(() => (busy -= 1))
  }
  const later = (after: Duration, work: () => Promise<unknown>) =>
    clock.schedule(clock.now() + toSeconds(after) * 1_000, () => void whileBusy(work))

  await stage.decider(withChildren(workflow))
  stage.workers(
    activities.map(({ activity, run }) => ({ activity, run: (...given) => whileBusy(() => run(...given)) })),
  )
  const { runId = '' } = await client.start(workflow, { workflowId, input })
  for (const { after, name, payload } of signals) later(after, () => client.signal({ workflowId }, name, payload))
  if (cancelAfter !== undefined) later(cancelAfter, () => client.cancel({ workflowId }))

  let execution: Execution = { workflowId, runId }
  for (let wait = 1; ; wait = Math.min(wait * 2, longestLookMs)) {
    const outcome = await client.outcome(execution)
    if (outcome?.status === 'continued as new') {
      execution = { workflowId, runId: outcome.runId }
    } else if (outcome !== undefined) {
      const history = await Array.fromAsync(client.history(execution))
      const completed = outcome.status === 'completed'
      const output = completed ? decode(workflow.output, outcome.result, `Output of ${workflowId}`) : undefined
      return { outcome, output, execution, history }
    } else if (busy === 0 && (await openTasks(client)) === 0 && busy === 0) {
      clock.skip()
      wait = 1
    }
    await setTimeout(wait)
  }
}

/** Decisions and activities that are scheduled or under way, of all executions. */
async function openTasks(client: WorkflowClient): Promise<number> {
  let count = 0
  for await (const { execution } of client.listOpen({ since: Temporal.Instant.fromEpochMilliseconds(0) })) {
    const { workflowId = '', runId = '' } = execution ?? {}
    const { openCounts } = (await client.describe({ workflowId, runId })) ?? {}
    count += (openCounts?.openActivityTasks ?? 0) + (openCounts?.openDecisionTasks ?? 0)
  }
  return count
}

function withChildren(workflow: AnyWorkflow): AnyWorkflow[] {
  const children = Object.values(workflow.uses).filter((each) => each.kind === 'workflow')
  return [workflow, ...children.flatMap(withChildren)]
}
