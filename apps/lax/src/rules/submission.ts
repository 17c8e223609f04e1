import { createHash } from 'node:crypto'
import { articleIdOfDoi, parseArticleId, readArticleId, type Journal } from '@continuum/article'
import { Type, type Static } from 'typebox'
import { checkKeys } from './article-check.ts'
import { parseInstant } from './instants.ts'
import { isJsonObject, keepKeys, type Json } from './json.ts'
import { renderArticle, type Rendering } from './rendering.ts'
import { RuleViolationError } from './rule-violation.ts'

/** The body of an ingest. */
export const SubmissionBody = Type.Object({
  article: Type.Record(Type.String(), Type.Unknown(), { description: 'article JSON' }),
  run: Type.String({ minLength: 1, maxLength: 100, description: 'the run that ingests it, a UUID' }),
  location: Type.Optional(Type.String({ description: 'the address of the XML' })),
})

/** Article JSON on its way into the store, split into what is stored of it. */
export interface Submission extends Rendering {
  article: string
  version: number
  run: string
  location: string | undefined
  given: Temporal.Instant | undefined
  fingerprint: string
  journal: Journal
  journals: readonly Journal[]
  /** The article JSON as it was given. */
  source: Json
}

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
  const journal = parseArticleId(address.article, journals)?.journal
  if (!journal) throw new RuleViolationError('bad-request', `${address.article} is no article of ${namesOf(journals)}`)
  checkKeys(article, journal)
  const rendering = renderArticle(article, journal, journals)
  checkDoi(rendering.doi, address.article, journal)
  return {
    ...address,
    ...rendering,
    run,
    location,
    given: parseInstant(article['published']),
    fingerprint: fingerprintOf(article),
    journal,
    journals,
    source: article,
  }
}

function namesOf(journals: readonly Journal[]): string {
  return `a journal of this store (${journals.map(({ name, doiPrefix }) => `${name}: ${doiPrefix}`).join(', ')})`
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

function checkDoi(doi: string, article: string, journal: Journal): void {
  if (isDoiOf(journal, doi, article)) return
  throw new RuleViolationError('bad-request', `${doi} is not the DOI of article ${article} in ${namesOf([journal])}`)
}

/** If the journal demands only the DOI prefix, a DOI without a number may belong to any article. */
function isDoiOf(journal: Journal, doi: string, article: string): boolean {
  const named = articleIdOfDoi(journal, doi)
  if (journal.doi.check === 'none' || named === article) return true
  const begins = doi.toLowerCase().startsWith(journal.doiPrefix.toLowerCase())
  return journal.doi.check === 'prefix' && begins && named === undefined
}

function fingerprintOf(article: Json): string {
  const content = keepKeys(article, (key) => !notContent.has(key))
  return createHash('sha256').update(JSON.stringify(inOrder(content))).digest('base64url')
}

/** A copy of JSON with the keys of each object in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isJsonObject(value)) return value
  const keys = Object.keys(value).toSorted()
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]))
}
