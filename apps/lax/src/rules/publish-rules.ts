import { contentOf, type ArticleState, type StoredContent } from './article-state.ts'
import { formatInstant, wholeSeconds } from './instants.ts'
import { RuleViolationError } from './rule-violation.ts'

/** A request to publish what `run` ingested as version `version`. */
export interface Publish {
  readonly article: string
  readonly version: number
  /** The run that was approved; content of another run is not published. Absent: whatever is stored. */
  readonly run?: string | undefined
  /** Let a held correction take the place of public content. */
  readonly force: boolean
  /** Date of a second or later version, instead of now; of a first one only where its article JSON gives none. */
  readonly date?: Temporal.Instant
}

/** The outcome: the version is published with `date`, or was published before. A run may repeat its publication. */
export interface PublishOutcome {
  readonly kind: 'publish' | 'done'
  readonly date: Temporal.Instant
}

/** Decides a publication. @throws RuleViolationError with the first rule that it breaks; see the table in the tests */
export function decidePublish(state: ArticleState, publish: Publish, now: Temporal.Instant): PublishOutcome {
  const { article, version, run, force } = publish
  const preview = contentOf(state, version, 'preview')
  const published = contentOf(state, version, 'published')
  const isDone = run === undefined ? force && !preview : published?.run === run
  if (published?.date && isDone) return { kind: 'done', date: published.date }
  const stored = preview ?? published
  if (!stored) {
    throw new RuleViolationError(
      'record-not-found',
      `refusing to publish an article '${article}v${version}' that doesn't exist`,
    )
  }
  if (run !== undefined && stored.run !== run)
    throw new RuleViolationError('superseded', supersededMessage(publish, run, stored))
  if (published && !force) {
    throw new RuleViolationError('already-published', 'refusing to publish an already published article version')
  }
  const date = dateOf(stored, published, publish, now)
  if (!published) checkEmbargo(publish, date, now)
  return { kind: 'publish', date }
}

/** Force does not help: whoever means another date says so in the article JSON. */
function checkEmbargo({ article, version }: Publish, date: Temporal.Instant, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(date, now) <= 0) return
  const until = formatInstant(date)
  const message = `refusing to publish an article '${article}v${version}' before its date of publication, ${until}`
  throw new RuleViolationError('embargoed', message, [], until)
}

/** Version 1 takes its date from the article JSON, a later version from the clock; a correction keeps its date. */
function dateOf(
  content: StoredContent,
  replaced: StoredContent | undefined,
  publish: Publish,
  now: Temporal.Instant,
): Temporal.Instant {
  if (content.version > 1) return replaced?.date ?? wholeSeconds(publish.date ?? now)
  const date = content.given ?? replaced?.date ?? publish.date
  if (date) return wholeSeconds(date)
  throw new RuleViolationError(
    'error-parsing-article-json',
    "found 'published' value in article-json, but it's either null or unparsable as a date+time",
  )
}

function supersededMessage({ article, version }: Publish, run: string, stored: StoredContent): string {
  return (
    `run ${run} of article ${article} version ${version} was approved, but another delivery has replaced it ` +
    `(run ${stored.run}, stored ${formatInstant(stored.updated)}). ` +
    'Open the newest run on the dashboard, preview it, and publish that one.'
  )
}
