import { contentOf, type ArticleState, type StoredContent } from './article-state.ts'
import { formatInstant } from './instants.ts'

/** The keys that the store adds to article JSON, in place of the placeholders that are ingested. */
export interface Head {
  stage: 'preview' | 'published'
  /** The publication date of version 1. */
  published?: string
  /** The publication date of this version. */
  versionDate?: string
  /** The date of the present status: of version 1, or of the first version of record. */
  statusDate?: string
}

/** A content as it is presented, given the other contents of its article. */
export interface Presentation {
  readonly head: Head
  /** The address of the article shows this content to clients that see previews. */
  readonly newest: boolean
  /** The address of the article shows this content to everybody. */
  readonly newestPublished: boolean
}

/** Returns the presentation of each content of an article; a change of one content may change the others. */
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
