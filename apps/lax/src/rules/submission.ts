import { createHash } from 'node:crypto'
import { articleIdOfDoi, parseArticleId, readArticleId, type ArticleStatus, type Journal } from '@continuum/article'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { checkArticle } from './article-check.ts'
import { parseInstant } from './instants.ts'
import { RuleViolationError } from './rule-violation.ts'

/** The body of an ingest. */
export const SubmissionBody = Type.Object({
  article: Type.Record(Type.String(), Type.Unknown(), { description: 'article JSON' }),
  run: Type.String({ minLength: 1, maxLength: 100, description: 'the run that ingests it, a UUID' }),
  location: Type.Optional(Type.String({ description: 'the address of the XML' })),
})

const Relations = Type.Object({
  '-related-articles-internal': Type.Optional(
    Type.Array(Type.Union([Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }), Type.Integer()])),
  ),
  '-related-articles-external': Type.Optional(Type.Array(Type.Object({}))),
  '-related-articles-reviewed-preprints': Type.Optional(Type.Array(Type.Object({}))),
})

/** Article JSON on its way into the store, split into what is stored of it. */
export interface Submission {
  article: string
  version: number
  doi: string
  status: ArticleStatus
  run: string
  location: string | undefined
  given: Temporal.Instant | undefined
  fingerprint: string
  /** JSON texts, as they will be served. */
  body: string
  snippet: string
  history: string
  related: string[]
  relatedExternal: string
  relatedPreprints: string
}

type Json = Record<string, unknown>

/** The keys that the store sets itself, whatever the article JSON says. */
const added = new Set(['stage', 'published', 'versionDate', 'statusDate'])

const inSnippet = new Set(
  `copyright doi elocationId id impactStatement pdf researchOrganisms status subjects title titlePrefix type version
   volume authorLine elifeAssessment figuresPdf image`.split(/\s+/),
)

/** Keys that are not part of the content: placeholders, and the location of the XML. */
const notContent = new Set(['stage', 'versionDate', 'statusDate', '-meta'])

/**
 * Reads the body of an ingest. Keys that begin with `-` are for the store and are never served; other unknown keys are
 * kept.
 *
 * @param address the article and version that the request names
 * @throws RuleViolationError where the article JSON is wrong or contradicts the address
 */
export function readSubmission(
  body: Static<typeof SubmissionBody>,
  address: { article: string; version: number },
  journals: readonly Journal[],
): Submission {
  const { article, run, location } = body
  checkAddress(article, address, journals)
  const essentials = checkArticle(article)
  checkDoi(essentials.doi, address.article, journals)
  const relations: unknown = article
  if (!Value.Check(Relations, relations)) {
    throw new RuleViolationError(
      'invalid-article-json',
      'related articles must be lists: of article numbers, of citations',
    )
  }
  return {
    ...address,
    ...essentials,
    run,
    location,
    given: parseInstant(article['published']),
    fingerprint: fingerprintOf(article),
    body: JSON.stringify(keep(article, (key) => !key.startsWith('-') && !added.has(key))),
    snippet: JSON.stringify(keep(article, (key) => inSnippet.has(key))),
    history: JSON.stringify(article['-history'] ?? {}),
    related: (relations['-related-articles-internal'] ?? []).map(
      (id) => readArticleId(String(id), journals) ?? String(id),
    ),
    relatedExternal: JSON.stringify(relations['-related-articles-external'] ?? []),
    relatedPreprints: JSON.stringify(relations['-related-articles-reviewed-preprints'] ?? []),
  }
}

function checkAddress(data: Json, address: { article: string; version: number }, journals: readonly Journal[]): void {
  if ('id' in data && readArticleId(String(data['id']), journals) !== address.article) {
    throw new RuleViolationError(
      'bad-request',
      `'id' in the data (${String(data['id'])}) does not match 'msid' passed to script (${address.article})`,
    )
  }
  if ('version' in data && data['version'] !== address.version) {
    throw new RuleViolationError(
      'bad-request',
      `'version' in the data (${String(data['version'])}) does not match 'version' passed to script (${address.version})`,
    )
  }
}

function checkDoi(doi: string, article: string, journals: readonly Journal[]): void {
  const journal = parseArticleId(article, journals)?.journal
  if (journal && isDoiOf(journal, doi, article)) return
  const prefixes = journals.map(({ name, doiPrefix }) => `${name}: ${doiPrefix}`).join(', ')
  throw new RuleViolationError(
    'bad-request',
    `${doi} is not the DOI of article ${article} in a journal of this store (${prefixes})`,
  )
}

/** If the journal demands only the DOI prefix, a DOI without a number may belong to any article. */
function isDoiOf(journal: Journal, doi: string, article: string): boolean {
  const named = articleIdOfDoi(journal, doi)
  if (journal.doi.check === 'none' || named === article) return true
  const begins = doi.toLowerCase().startsWith(journal.doiPrefix.toLowerCase())
  return journal.doi.check === 'prefix' && begins && named === undefined
}

function fingerprintOf(article: Json): string {
  const content = keep(article, (key) => !notContent.has(key))
  return createHash('sha256').update(JSON.stringify(content, inKeyOrder)).digest('base64url')
}

function keep(object: Json, wanted: (key: string) => boolean): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => wanted(key)))
}

function inKeyOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
