import { parsePackageName, type Journal } from '@continuum/article'
import {
  ApprovalData,
  DeliveryData,
  FollowOnData,
  readStarterMessage,
  UnreadableMessage,
  type Event,
} from '@continuum/messages'
import type { AnyWorkflow, Duration } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Run } from '../activities/article-run.ts'
import { runOf } from '../messages/ids.ts'
import { folderOf } from '../worker/run/keys.ts'
import { approveArticlePublication } from '../decider/workflows/approve-article-publication.ts'
import { postPerfectPublication } from '../decider/workflows/post-perfect-publication.ts'
import { publishPerfectArticle } from '../decider/workflows/publish-perfect-article.ts'

/** An execution that a message asks for. */
export interface Start {
  readonly workflow: { readonly name: string; readonly version: string }
  /** Says what may not run at the same time: SWF has one open execution of an id. */
  readonly workflowId: string
  readonly input: unknown
  /** Of which run it is; the dashboard shows it there. */
  readonly subject: Run
  /** Its place among those that wait for the same id. */
  readonly since: Temporal.Instant
  readonly timeout: Duration
  /** The same for each repetition of what was asked: there is one execution of it, ever. */
  readonly once: string
  /** The package, where this is the start of a run. */
  readonly delivery?: NonNullable<Event['delivery']>
}

/** A message of the starter queue. */
export interface StarterQueueMessage {
  readonly body: string
  readonly messageId: string
  readonly sentAt: Temporal.Instant
}

/**
 * What a message of the starter queue asks for.
 *
 * @throws {UnreadableMessage} when it is none, or names a workflow that there is not, or its data is not right
 * @throws {UnknownPackageName} for a delivery of something that is no package
 */
export function readStart({ body, messageId, sentAt }: StarterQueueMessage, journals: readonly Journal[]): Start {
  const {
    workflow_name: name,
    workflow_data: data,
    execution_start_to_close_timeout: timeout,
  } = readStarterMessage(body)
  const common = { once: messageId, since: sentAt }
  const lasting = timeout === undefined ? {} : { timeout: secondsOf(timeout) }
  switch (name) {
    case publishPerfectArticle.name:
      return { ...common, ...deliveryStart(checked(DeliveryData, data, name), journals), ...lasting }
    case approveArticlePublication.name:
      return { ...common, ...approvalStart(checked(ApprovalData, data, name)), ...lasting }
    case postPerfectPublication.name:
      return { ...common, ...followOnStart(checked(FollowOnData, data, name)), ...lasting }
    default:
      throw new UnreadableMessage(`There is no workflow "${name}".`)
  }
}

function deliveryStart(data: DeliveryData, journals: readonly Journal[]) {
  const { articleId } = parsePackageName(data.file_name, journals)
  const { bucket_name, file_name, file_etag, file_size, event_time } = data
  const run = runOf(data)
  return {
    ...typeOf(publishPerfectArticle),
    workflowId: `article-${articleId}`,
    input: { ...data, article_id: articleId, run },
    subject: { articleId, version: 0, run },
    since: Temporal.Instant.from(event_time),
    once: run,
    delivery: { bucket_name, file_name, file_etag, file_size, event_time },
  }
}

function approvalStart(data: ApprovalData) {
  const subject = subjectOf(data)
  const { articleId, version } = subject
  // The delivery that waits for an approval by rule holds the article's own id until it is told the outcome.
  const workflowId = data.held_by === undefined ? `article-${articleId}` : `article-${articleId}.${version}-approval`
  return { ...typeOf(approveArticlePublication), workflowId, input: data, subject }
}

function followOnStart(data: FollowOnData) {
  const subject = subjectOf(data)
  const workflowId = `post-publication-${folderOf(subject).replace('/', '.')}`
  return { ...typeOf(postPerfectPublication), workflowId, input: data, subject }
}

function typeOf({ name, version, timeout }: AnyWorkflow) {
  return { workflow: { name, version }, timeout }
}

function subjectOf({ article_id, version, run }: { article_id: string; version: string | number; run: string }): Run {
  if (!/^\d{1,15}$/.test(article_id)) throw new UnreadableMessage(`"${article_id}" is not an article number.`)
  // It becomes part of ids and of keys.
  if (!/^[\w-]{1,64}$/.test(run)) throw new UnreadableMessage(`"${run}" is not the id of a run.`)
  return { articleId: article_id, version: Number(version), run }
}

function checked<Schema extends TSchema>(schema: Schema, data: unknown, name: string): Static<Schema> {
  if (Value.Check(schema, data)) return data
  const problems = Value.Errors(schema, data).map(({ instancePath, message }) =>
    `${instancePath.slice(1)} ${message}`.trim(),
  )
  throw new UnreadableMessage(`The data is not what ${name} needs: ${[...new Set(problems)].slice(0, 5).join('; ')}.`)
}

function secondsOf(timeout: string | number): Duration {
  const seconds = Number(timeout)
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 31_536_000) return `${seconds}s`
  throw new UnreadableMessage(`The time-out "${timeout}" is not a number of seconds between 1 and a year.`)
}
