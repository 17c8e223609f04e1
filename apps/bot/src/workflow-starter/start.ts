import { isArticleId, parsePackageName, type Journal } from '@continuum/article'
import {
  ApprovalData,
  DeliveryData,
  DismissalData,
  EmbargoData,
  FollowOnData,
  parseAs,
  readStarterMessage,
  ReinstatementData,
  UnreadableMessageError,
  uuidOf,
  WithdrawalData,
  type Event,
} from '@continuum/messages'
import type { AnyWorkflow, Duration } from '@continuum/workflow-core'
import { folderOf, type Run } from '../activities/article-run.ts'
import { runOf } from '../messages/ids.ts'
import { dismissArticleRun } from '../decider/workflows/dismiss-article-run.ts'
import { approveArticlePublication } from '../decider/workflows/approve-article-publication.ts'
import { holdForEmbargo } from '../decider/workflows/hold-for-embargo.ts'
import { postPerfectPublication } from '../decider/workflows/post-perfect-publication.ts'
import { publishPerfectArticle } from '../decider/workflows/publish-perfect-article.ts'
import { reinstateArticle, withdrawArticle } from '../decider/workflows/withdraw-article.ts'

/** The object that a run is of. */
export type DeliveredFile = NonNullable<Event['delivery']>

/** An execution that a message requests. */
export interface Start {
  readonly workflow: { readonly name: string; readonly version: string }
  /** Executions of one id never run at the same time: SWF keeps at most one of them open. */
  readonly workflowId: string
  readonly input: unknown
  /** The run that it belongs to; the dashboard shows it there. */
  readonly subject: Run
  /** Orders those that wait for the same id. */
  readonly since: Temporal.Instant
  readonly timeout: Duration
  /** The priority of its decisions. */
  readonly priority?: number
  /** Idempotency key: the same for each repetition of a request, for which there is one execution, ever. */
  readonly once: string
  /** The package, where this is the start of a run. */
  readonly delivery?: DeliveredFile
}

/** A message of the workflow starter queue. */
export interface StarterQueueMessage {
  readonly body: string
  readonly messageId: string
  readonly sentAt: Temporal.Instant
}

/**
 * Reads the execution that a message of the workflow starter queue requests.
 *
 * @throws {UnreadableMessageError} when it is not such a message, names an unknown workflow, or carries invalid data
 * @throws {UnknownPackageName} for a delivery of something that is not a package
 */
export function readStart({ body, messageId, sentAt }: StarterQueueMessage, journals: readonly Journal[]): Start {
  const {
    workflow_name: name,
    workflow_data: data,
    execution_start_to_close_timeout: timeout,
    request,
  } = readStarterMessage(body)
  const common = { once: request ?? messageId, since: sentAt }
  const limit = timeout === undefined ? {} : { timeout: secondsOf(timeout) }
  switch (name) {
    case publishPerfectArticle.name:
      return { ...common, ...deliveryStart(parseAs(DeliveryData, data, `valid data for ${name}`), journals), ...limit }
    case approveArticlePublication.name:
      return { ...common, ...approvalStart(parseAs(ApprovalData, data, `valid data for ${name}`)), ...limit }
    case holdForEmbargo.name:
      return { ...common, ...embargoStart(parseAs(EmbargoData, data, `valid data for ${name}`)), ...limit }
    case postPerfectPublication.name:
      return { ...common, ...followOnStart(parseAs(FollowOnData, data, `valid data for ${name}`)), ...limit }
    case dismissArticleRun.name:
      return {
        ...common,
        ...dismissalStart(parseAs(DismissalData, data, `valid data for ${name}`), common.once),
        ...limit,
      }
    case withdrawArticle.name: {
      const input = parseAs(WithdrawalData, data, `valid data for ${name}`)
      return { ...common, ...typeOf(withdrawArticle), ...ofArticle(input), ...limit }
    }
    case reinstateArticle.name: {
      const input = parseAs(ReinstatementData, data, `valid data for ${name}`)
      return { ...common, ...typeOf(reinstateArticle), ...ofArticle(input), ...limit }
    }
    default:
      throw new UnreadableMessageError(`There is no workflow "${name}".`)
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
  // The delivery that waits for an approval by rule holds the article's own id until it receives the outcome.
  const type = typeOf(approveArticlePublication)
  if (data.held_by === undefined) return { ...type, workflowId: `article-${articleId}`, input: data, subject }
  const workflowId = `article-${articleId}.${version}-approval`
  // A rule approves a run once; the step that requests it may have sent its message twice.
  const once = uuidOf('approval by rule', articleId, version, subject.run, data.held_by)
  return { ...type, workflowId, input: data, subject, once }
}

/** Beside the article's own id: deliveries of the article do not wait for the date. */
function embargoStart(data: EmbargoData) {
  const subject = subjectOf(data.approval)
  const workflowId = `embargo-${folderOf(subject).replace('/', '.')}`
  return { ...typeOf(holdForEmbargo), workflowId, input: data, subject }
}

function followOnStart(data: FollowOnData) {
  const subject = subjectOf(data)
  const workflowId = `post-publication-${folderOf(subject).replace('/', '.')}`
  const { articleId, version, run } = subject
  // Not the id of the message: the step that requests it sends another one when it is killed before its end is stored.
  const once = uuidOf('post-publication', articleId, version, run)
  return { ...typeOf(postPerfectPublication), workflowId, input: data, subject, once }
}

/** Each under an id of its own: one that waited for another would be an event of the run, which brings it back to the lists. */
function dismissalStart(data: DismissalData, once: string) {
  const subject = subjectOf(data)
  const workflowId = `dismissal-${folderOf(subject).replace('/', '.')}.${once}`
  return { ...typeOf(dismissArticleRun), workflowId, input: data, subject }
}

/** Under the article's own id: nothing is published or delivered of it at the same time. */
function ofArticle(input: WithdrawalData | ReinstatementData) {
  const subject = subjectOf(input)
  return { workflowId: `article-${subject.articleId}`, input, subject }
}

function typeOf({ name, version, timeout, priority }: AnyWorkflow) {
  return { workflow: { name, version }, timeout, ...(priority !== undefined && { priority }) }
}

function subjectOf({ article_id, version, run }: { article_id: string; version: string | number; run: string }): Run {
  if (!isArticleId(article_id)) throw new UnreadableMessageError(`"${article_id}" is not an article id.`)
  // The run becomes part of ids and keys.
  if (!/^[\w-]{1,64}$/.test(run)) throw new UnreadableMessageError(`"${run}" is not a run id.`)
  return { articleId: article_id, version: Number(version), run }
}

function secondsOf(timeout: string | number): Duration {
  const seconds = Number(timeout)
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 31_536_000) return `${seconds}s`
  throw new UnreadableMessageError(
    `Invalid time-out "${timeout}": a number of seconds between 1 and 31536000 is expected.`,
  )
}
