import type { Journal } from '@continuum/article'
import { isJsonObject, type Json } from './json.ts'
import { renderArticle, type Rendering } from './rendering.ts'
import { markRetracted } from './retraction.ts'
import { RuleViolationError } from './rule-violation.ts'

/** A part of article JSON that is kept apart from deliveries and merged into every version of its article. */
export interface Fragment {
  readonly name: string
  readonly value: Json
}

/** The keys that say which version this is; a fragment cannot make it another. */
const identity = ['id', 'version', 'doi', 'status']

/**
 * Merges fragments into article JSON in their order, and returns what is stored of the result. Objects merge deeply, at any
 * depth; any other value takes the place of the one before.
 *
 * @throws RuleViolationError invalid-article-json where the result would be invalid or another article
 */
export function renderWithFragments(
  source: Json,
  fragments: readonly Fragment[],
  journal: Journal,
  journals: readonly Journal[],
): Rendering {
  const merged = fragments.reduce<Json>((article, { value }) => mergeDeeply(article, value), source)
  const changed = identity.find((key) => merged[key] !== source[key])
  if (changed !== undefined) {
    const [before, after] = [source[changed], merged[changed]].map((value) => JSON.stringify(value))
    throw new RuleViolationError('invalid-article-json', `/${changed} must stay ${before}, but becomes ${after}`)
  }
  return renderArticle(markRetracted(merged), journal, journals)
}

function mergeDeeply(first: Json, second: Json): Json {
  const both = Object.entries(second).map(([key, value]): [string, unknown] => {
    const before = Object.hasOwn(first, key) ? first[key] : undefined
    return [key, isJsonObject(before) && isJsonObject(value) ? mergeDeeply(before, value) : value]
  })
  return Object.fromEntries([...Object.entries(first), ...both])
}
