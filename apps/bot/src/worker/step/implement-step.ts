import { implement, retryDelay, type ActivityTools, type Implementation } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Run } from '../../activities/article-run.ts'
import type { Step } from '../../activities/step.ts'
import { uuidOf } from '@continuum/messages'
import { runEvent, runProperty } from '../../messages/run-messages.ts'
import type { TellDashboard } from '../../messages/tell-dashboard.ts'
import { createNotes } from './notes.ts'
import { oddAnswerRetry, OddAnswerFailure } from '../services/odd-answer.ts'
import { explain, ExplainedFailure } from './explain.ts'
import { createProgress, type Progress } from './progress.ts'

/** The tools that a step has beside its input. */
export interface StepTools extends ActivityTools {
  /**
   * Notes a property of the version, or with version 0 of the whole article: the dashboard is told it with the end of the
   * attempt, however that ends.
   */
  readonly property: (name: string, value: string, version?: number) => void
  /** Tells the dashboard what is noted now, for what follows in the step. */
  readonly tellNow: () => Promise<void>
  /** Creates what tells the dashboard, now and then, how many of some things are done: `images 14 of 22`. */
  readonly progressOf: (things: string) => Progress
}

/** The result of a step: its output, and the message that the dashboard shows. */
export interface Done<Output> {
  readonly output: Output
  /** A sentence for a production editor. */
  readonly message: string
  /** The version, where the step has found it out. */
  readonly version?: number
  /** The status of the event that ends it, where that is not `end`. */
  readonly status?: string
  /** Seconds until the step is taken again, because the service that it needs is busy. */
  readonly busyFor?: number
}

/** A step that is over before then tells its start with its end: nobody could have seen it in progress. */
const startHoldMilliseconds = 100

/**
 * Ties the work of a step to its declaration, and shows the step on the dashboard: its start, its end, and each failure
 * that will be retried, with the time of the retry. The failure that ends it is shown by `ReportFailure`.
 *
 * Message ids derive from execution, step, attempt and status, so that a message sent twice is shown once. A step whose
 * end could not be sent to the dashboard is not done: it is retried.
 */
export function implementStep<Input extends TSchema, Output extends TSchema>(
  tellDashboard: TellDashboard,
  step: Step<Input, Output>,
  work: (input: Static<Input>, tools: StepTools) => Promise<Done<Static<Output>>>,
): Implementation {
  return implement(step, async (input, activityTools) => {
    const { signal, attempt, maxAttempts: attempts, info, log } = activityTools
    const { articleId, version: known, run } = Value.Parse(Run, input)
    const subject = { articleId, version: known, run }
    const id = (...parts: string[]) => uuidOf('step', info.workflowId, info.runId, info.activityId, ...parts)
    const event = (
      status: string,
      message: string,
      more: { version?: number; retry_at?: string; attempts?: number } = {},
    ) =>
      runEvent(subject, { event_type: step.event, status, message, message_id: id(status), attempt, attempts, ...more })
    const notes = createNotes(tellDashboard)
    const property = (name: string, value: string, version = known) =>
      notes.add(runProperty(subject, { version, name, value, message_id: id('property', name, value) }))

    // Nothing depends on it, so the step goes on where it could not be sent.
    const progressOf = (things: string) =>
      createProgress((done, of) => {
        const text = `${things} ${done} of ${of}`
        tellDashboard({ ...event('progress', text), message_id: id('progress', text) }).catch((unsent: unknown) =>
          log.warn({ ...subject, err: unsent }, 'the progress could not be sent to the dashboard'),
        )
      })

    // The work does not wait for the start to be sent; if it could not be sent, the attempt fails all the same.
    notes.add(event('start', `${step.event} started.`))
    const hold = setTimeout(notes.send, startHoldMilliseconds)
    try {
      const tools = { ...activityTools, property, tellNow: notes.tell, progressOf }
      const { output, message, version, busyFor, status = 'end' } = await work(input, tools)
      clearTimeout(hold)
      await notes.sent()
      if (busyFor === undefined) notes.add(event(status, message, version === undefined ? {} : { version }))
      else notes.add(event('busy', message, { retry_at: inSeconds(busyFor) }))
      await notes.tell()
      log.info(subject, message)
      return output
    } catch (error) {
      clearTimeout(hold)
      const max = error instanceof OddAnswerFailure ? Math.min(attempts, oddAnswerRetry.maxAttempts) : attempts
      const failure = max < attempts ? within(max, attempt, explain(error)) : explain(error)
      log.warn({ ...subject, err: error, permanent: !failure.retry }, failure.message)
      if (!signal.aborted && failure.retry && attempt < max) {
        const milliseconds =
          failure.retryAfter === undefined ? retryDelay(step.retry, attempt) : failure.retryAfter * 1_000
        const next = { retry_at: inSeconds(milliseconds / 1_000), attempts: max }
        notes.add(event('retry', failure.message, next))
      }
      await notes
        .tell()
        .catch((unsent: unknown) =>
          log.warn({ ...subject, err: unsent }, 'the failure could not be sent to the dashboard'),
        )
      throw signal.aborted ? error : failure
    }
  })
}

/** Ends the retries of a failure whose own policy gives up before that of the step. */
function within(max: number, attempt: number, failure: ExplainedFailure): ExplainedFailure {
  if (attempt < max || !failure.retry) return failure
  return new ExplainedFailure(failure.name, failure.message, { retry: false, retryAfter: undefined })
}

function inSeconds(seconds: number): string {
  const at = Temporal.Now.instant().add({ milliseconds: Math.round(seconds * 1_000) })
  return at.toString({ smallestUnit: 'second' })
}
