import { contentOf, type ArticleState, type StoredContent } from './article-state.ts'
import { formatInstant } from './instants.ts'

/** What the store adds to an article JSON; values of these keys in what was ingested are only placeholders. */
export interface Head {
  stage: 'preview' | 'published'
  /** When version 1 became public. */
  published?: string
  /** When this version became public. */
  versionDate?: string
  /** When the article became what this version is: the first version's date, or that of the first version of record. */
  statusDate?: string
}

/** Where a content stands among the contents of its article. */
export interface Presentation {
  readonly head: Head
  /** It is what the article's address shows to those who see everything. */
  readonly newest: boolean
  /** It is what the article's address shows to everybody. */
  readonly newestPublished: boolean
}

/** How each content of an article is presented; writing one of them may change the others. */
export function present(state: ArticleState): Map<StoredContent, Presentation> {
  const highest = Math.max(...state.map((content) => content.version))
  const highestPublished = Math.max(...publicContents(state).map((content) => content.version))
  return new Map(
    state.map((content) => [
      content,
      {
        head: headOf(state, content),
        newest: content.version === highest && (content.stage === 'preview' || !contentOf(state, highest, 'preview')),
        newestPublished: content.version === highestPublished && content.stage === 'published',
      },
    ]),
  )
}

/** A first preview has no dates of its own; a held correction is shown with the dates it will keep. */
function headOf(state: ArticleState, content: StoredContent): Head {
  const first = contentOf(state, 1, 'published')?.date
  const own = contentOf(state, content.version, 'published')?.date
  if (!own) return { stage: content.stage, ...(first && { published: formatInstant(first) }) }
  const corrected = content.version === 1 && content.stage === 'preview' ? content.given : undefined
  const published = corrected ?? first ?? own
  const versionDate = content.version === 1 ? published : own
  const isRecord = content.status === 'vor' && content.version > 1
  const statusDate = isRecord ? firstRecordDate(state, content, versionDate) : published
  return {
    stage: content.stage,
    published: formatInstant(published),
    versionDate: formatInstant(versionDate),
    statusDate: formatInstant(statusDate),
  }
}

function firstRecordDate(state: ArticleState, content: StoredContent, own: Temporal.Instant): Temporal.Instant {
  return publicContents(state)
    .filter((other) => other.status === 'vor' && other.version < content.version)
    .reduce((earliest, { date }) => (date && Temporal.Instant.compare(date, earliest) < 0 ? date : earliest), own)
}

function publicContents(state: ArticleState): StoredContent[] {
  return state.filter((content) => content.stage === 'published')
}
