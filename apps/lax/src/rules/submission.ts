import { createHash } from 'node:crypto'
import { articleIdOfDoi, canonicalId, type ArticleStatus, type Journal } from '@continuum/article'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { checkArticle } from './article-check.ts'
import { parseInstant } from './instants.ts'
import { Refused } from './rule-violation.ts'

const Body = Type.Object({
  article: Type.Record(Type.String(), Type.Unknown()),
  run: Type.String({ minLength: 1, maxLength: 100 }),
  location: Type.Optional(Type.String()),
})

const Relations = Type.Object({
  '-related-articles-internal': Type.Optional(
    Type.Array(Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Integer()])),
  ),
  '-related-articles-external': Type.Optional(Type.Array(Type.Object({}))),
  '-related-articles-reviewed-preprints': Type.Optional(Type.Array(Type.Object({}))),
})

/** Article JSON on its way into the store, taken apart. */
export interface Submission {
  article: number
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
  related: number[]
  relatedExternal: string
  relatedPreprints: string
}

type Json = Record<string, unknown>

/** What the store itself says of an article, whatever the article JSON says. */
const added = new Set(['stage', 'published', 'versionDate', 'statusDate'])

const inSnippet = new Set(
  `copyright doi elocationId id impactStatement pdf researchOrganisms status subjects title titlePrefix type version
   volume authorLine elifeAssessment figuresPdf image`.split(/\s+/),
)

/** Placeholders, and where the XML lay this time: they say nothing of the article. */
const notContent = new Set(['stage', 'versionDate', 'statusDate', '-meta'])

/**
 * Reads the body of an ingest. Keys that begin with `-` are for the store and are never served; unknown other keys stay.
 *
 * @param address the article and version that the request names
 * @throws Refused with what is wrong with the body
 */
export function readSubmission(
  sent: unknown,
  address: { article: number; version: number },
  journals: readonly Journal[],
): Submission {
  if (!Value.Check(Body, sent)) {
    throw new Refused('bad-request', 'the body must be {"article": {...article JSON...}, "run": "<uuid>"}')
  }
  const { article, run, location } = sent
  checkAddress(article, address)
  const essentials = checkArticle(article)
  checkDoi(essentials.doi, address.article, journals)
  const relations: unknown = article
  if (!Value.Check(Relations, relations)) {
    throw new Refused('invalid-article-json', 'related articles must be lists: of article numbers, of citations')
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
    related: (relations['-related-articles-internal'] ?? []).map(Number),
    relatedExternal: JSON.stringify(relations['-related-articles-external'] ?? []),
    relatedPreprints: JSON.stringify(relations['-related-articles-reviewed-preprints'] ?? []),
  }
}

function checkAddress(data: Json, address: { article: number; version: number }): void {
  if ('id' in data && Number(data['id']) !== address.article) {
    throw new Refused(
      'bad-request',
      `'id' in the data (${String(data['id'])}) does not match 'msid' passed to script (${address.article})`,
    )
  }
  if ('version' in data && data['version'] !== address.version) {
    throw new Refused(
      'bad-request',
      `'version' in the data (${String(data['version'])}) does not match 'version' passed to script (${address.version})`,
    )
  }
}

function checkDoi(doi: string, article: number, journals: readonly Journal[]): void {
  const known = journals.some((journal) => articleIdOfDoi(journal, doi) === canonicalId(journal, String(article)))
  if (known) return
  const prefixes = journals.map(({ name, doiPrefix }) => `${name}: ${doiPrefix}`).join(', ')
  throw new Refused(
    'bad-request',
    `${doi} is not the DOI of article ${article} in a journal of this store (${prefixes})`,
  )
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
