import { implement, retryDelay, type ActivityTools, type Implementation, type Logger } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Run } from '../activities/article-run.ts'
import type { Step } from '../activities/step.ts'
import { uuidOf } from '../identity.ts'
import type { TellDashboard } from '../queues/sender.ts'
import { explain } from './explain.ts'

/** What the work of a step is given beside its input. */
export interface StepTools extends ActivityTools {
  /** Tells the dashboard what is now known of the version, or with version 0 of the whole article. */
  readonly property: (name: string, value: string, version?: number) => Promise<void>
}

/** What a step gives back: its output, and what the dashboard says of it. */
export interface Done<Output> {
  readonly output: Output
  /** A sentence for a production editor. */
  readonly message: string
  /** Where the step has found it out. */
  readonly version?: number
  /** The service that it needs is busy: it will be taken again after so many seconds. */
  readonly busyFor?: number
}

/**
 * Ties what a step does to its declaration, and shows it on the dashboard: its start, its end, and each failure that
 * will be tried again, with when. The failure that ends it is shown by `ReportFailure`.
 *
 * Ids of messages derive from execution, step, attempt and status, so that one sent twice is shown once. A step whose
 * end could not be told is not done: it is tried again.
 */
export function implementStep<Input extends TSchema, Output extends TSchema>(
  tellDashboard: TellDashboard,
  step: Step<Input, Output>,
  work: (input: Static<Input>, tools: StepTools) => Promise<Done<Static<Output>>>,
): Implementation {
  return implement(step, async (input, activityTools) => {
    const { signal, attempt, maxAttempts: attempts, info } = activityTools
    const { articleId, version: known, run } = Value.Parse(Run, input)
    const log = withFields(activityTools.log, { articleId, version: known, run })
    const id = (...parts: string[]) => uuidOf('step', info.workflowId, info.runId, info.activityId, ...parts)
    const event = (status: string, message: string, more: { version?: number; retry_at?: string } = {}) =>
      tellDashboard({
        message_type: 'event',
        item_identifier: articleId,
        version: known,
        run,
        event_type: step.event,
        timestamp: Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
        status,
        message,
        message_id: id(status),
        attempt,
        attempts,
        ...more,
      })
    const property = async (name: string, value: string, version = known) =>
      tellDashboard({
        message_type: 'property',
        item_identifier: articleId,
        version,
        run,
        name,
        value,
        property_type: 'text',
        message_id: id('property', name, value),
      })
    // The work does not wait for it to be told; that it could not be told fails the attempt all the same.
    const begun = Promise.allSettled([event('start', `${step.event} begins.`)])
    try {
      const { output, message, version, busyFor } = await work(input, { ...activityTools, log, property })
      await told(begun)
      if (busyFor === undefined) await event('end', message, version === undefined ? {} : { version })
      else await event('busy', message, { retry_at: inSeconds(busyFor) })
      log.info({}, message)
      return output
    } catch (error) {
      await begun
      const failure = explain(error)
      log.warn({ err: error, permanent: !failure.retry }, failure.message)
      if (!signal.aborted && failure.retry && attempt < attempts) {
        const milliseconds =
          failure.retryAfter === undefined ? retryDelay(step.retry, attempt) : failure.retryAfter * 1_000
        await event('retry', failure.message, { retry_at: inSeconds(milliseconds / 1_000) }).catch((unsent: unknown) =>
          log.warn({ err: unsent }, 'the dashboard could not be told of the retry'),
        )
      }
      throw signal.aborted ? error : failure
    }
  })
}

async function told(begun: Promise<PromiseSettledResult<void>[]>): Promise<void> {
  const [outcome] = await begun
  if (outcome?.status === 'rejected') throw outcome.reason
}

function inSeconds(seconds: number): string {
  const at = Temporal.Now.instant().add({ milliseconds: Math.round(seconds * 1_000) })
  return at.toString({ smallestUnit: 'second' })
}

function withFields(log: Logger, fields: object): Logger {
  return {
    debug: (more, message) => log.debug({ ...fields, ...more }, message),
    info: (more, message) => log.info({ ...fields, ...more }, message),
    warn: (more, message) => log.warn({ ...fields, ...more }, message),
    error: (more, message) => log.error({ ...fields, ...more }, message),
  }
}
