import type { HistoryEvent } from '@aws-sdk/client-swf'
import { setTimeout } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import type { AnyWorkflow, Workflow } from '../declare/declared-workflow.ts'
import type { Implementation } from '../declare/implement.ts'
import type { Signals } from '../declare/workflow-tools.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { startTestEnvironment } from './test-environment.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import type { Execution } from '../values/execution.ts'
import type { Logger } from '../values/logger.ts'
import type { Outcome } from '../values/outcome.ts'
import type { PayloadStore } from '../values/payload-store.ts'
import { decode } from '../values/payload.ts'

/** Upper limit of the back-off between two looks at the execution. */
const maxPollIntervalMs = 16

/** Options of {@link runWorkflow}. */
export interface RunOptions {
  /** Implementations of the activities that the workflow calls, real or fake. */
  readonly activities: readonly Implementation[]
  /** Signals to send, each a time after the start. */
  readonly signals?: readonly { readonly after: Duration; readonly name: string; readonly payload?: unknown }[]
  /** Time after the start at which to request cancellation. */
  readonly cancelAfter?: Duration
  readonly clock?: TestClock
  readonly workflowId?: string
  /** Store for values that are too long for SWF. */
  readonly store?: PayloadStore
  readonly logger?: Logger
}

/** A closed run of a workflow. */
export interface Run<Output> {
  readonly outcome: Outcome
  /** Return value of the workflow; `undefined` if it did not complete. */
  readonly output: Output | undefined
  /** The execution; its last run if it continued as new. */
  readonly execution: Execution
  readonly history: readonly HistoryEvent[]
}

/**
 * Runs a workflow to its close on a local SWF of its own, with a real decider and real workers, children included. Time is
 * virtual: when only timers and time-outs are left, it skips to the next, so that waiting a week takes milliseconds. While
 * an activity runs, time stands still, unless the activity advances the clock itself.
 * @example
 * const { output } = await runWorkflow(publish, delivery, { activities: [implement(expand, async () => article)] })
 */
export async function runWorkflow<Input extends TSchema, Output extends TSchema, S extends Signals>(
  workflow: Workflow<Input, Output, S>,
  input: Static<Input>,
  { activities, signals = [], cancelAfter, clock = createTestClock(), workflowId = 'test', store, logger }: RunOptions,
): Promise<Run<Static<Output>>> {
  await using env = await startTestEnvironment({
    clock,
    ...(store === undefined ? {} : { store }),
    ...(logger === undefined ? {} : { logger }),
  })
  const { client } = env
  let busy = 0
  const whileBusy = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    busy += 1
    return work().finally(() => (busy -= 1))
  }
  const later = (after: Duration, work: () => Promise<unknown>) =>
    clock.schedule(clock.now() + toSeconds(after) * 1_000, () => void whileBusy(work))

  await env.startDecider(withChildren(workflow))
  env.startWorkers(
    activities.map(({ activity, run }) => ({ activity, run: (...args) => whileBusy(() => run(...args)) })),
  )
  const { runId = '' } = await client.start(workflow, { workflowId, input })
  for (const { after, name, payload } of signals) later(after, () => client.signal({ workflowId }, name, payload))
  if (cancelAfter !== undefined) later(cancelAfter, () => client.cancel({ workflowId }))

  let execution: Execution = { workflowId, runId }
  for (let wait = 1; ; wait = Math.min(wait * 2, maxPollIntervalMs)) {
    const outcome = await client.outcome(execution)
    if (outcome?.status === 'continued as new') {
      execution = { workflowId, runId: outcome.runId }
    } else if (outcome !== undefined) {
      const history = await Array.fromAsync(client.history(execution))
      const completed = outcome.status === 'completed'
      const output = completed ? decode(workflow.output, outcome.result, `Output of ${workflowId}`) : undefined
      return { outcome, output, execution, history }
    } else if (busy === 0 && env.openTasks() === 0) {
      clock.skip()
      wait = 1
    }
    await setTimeout(wait)
  }
}

function withChildren(workflow: AnyWorkflow): AnyWorkflow[] {
  const children = Object.values(workflow.uses).filter((each) => each.kind === 'workflow')
  return [workflow, ...children.flatMap(withChildren)]
}
