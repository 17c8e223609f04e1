import {
  asShown,
  publicApiVersionsOf,
  validateArticleJson,
  validatePublicArticleJson,
  type ArticleStatus,
  type Journal,
  type SchemaProblem,
} from '@continuum/article'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { RuleViolationError } from './rule-violation.ts'

/** The values of an article that the store itself uses. */
export interface ArticleEssentials {
  readonly doi: string
  readonly status: ArticleStatus
  /** The versions of the public API's media type of its status by which it is valid; none where only our schema allows it. */
  readonly publicApi: readonly number[]
}

const Essentials = Type.Object({ doi: Type.String(), status: Type.Enum(['poa', 'vor']) })
const essentials = ['id', 'version', 'status', 'type', 'doi', 'title']

/**
 * Checks that a submission has the keys that the store needs.
 *
 * @throws RuleViolationError error-parsing-article-json, naming the first that is absent
 */
export function checkKeys(article: Record<string, unknown>, { publicApi }: Pick<Journal, 'publicApi'>): void {
  for (const key of publicApi ? [...essentials, 'volume'] : essentials) {
    if (!(key in article)) {
      throw new RuleViolationError(
        'error-parsing-article-json',
        `failed to scrape article data, key not present: '${key}'`,
      )
    }
  }
  if (!('published' in article)) {
    throw new RuleViolationError(
      'error-parsing-article-json',
      "failed to scrape given article data: KeyError('published')",
    )
  }
}

/**
 * Checks article JSON against the schema of `libs/article`, and where its journal demands it against the public API's. What
 * the store adds may be absent, and `published` null: a version without a date waits as a preview.
 *
 * @throws RuleViolationError invalid-article-json, naming the place and what is expected there
 */
export function checkShape(
  article: Record<string, unknown>,
  { publicApi }: Pick<Journal, 'publicApi'>,
): ArticleEssentials {
  const shown = asShown(article)
  const ours = validateArticleJson(shown)
  const versions = ours.length > 0 ? [] : publicApiVersionsOf(shown).map(({ version }) => version)
  const problems = publicApi && versions.length === 0 ? validatePublicArticleJson(shown) : ours
  if (problems.length > 0 || !Value.Check(Essentials, article)) {
    throw new RuleViolationError('invalid-article-json', describeProblems(problems), problems)
  }
  const { doi, status } = article
  return { doi, status, publicApi: versions }
}

const named = 5

/** Returns a sentence on the first problems: `(error 1 of 2) /title must be string, but is 5; /volume ...`. */
function describeProblems(problems: readonly SchemaProblem[]): string {
  const texts = problems
    .slice(0, named)
    .map(({ place, expected, found }) => `${place} must be ${expected}, but is ${found}`)
  const left = problems.length - texts.length
  return `(error 1 of ${problems.length}) ${texts.join('; ')}${left > 0 ? `; and ${left} more` : ''}`
}
