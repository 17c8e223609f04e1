import { journalsOf, validateArticleJson } from '@continuum/article'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { absent, convertedArticles, realArticles, schemaErrors, type RealArticle } from './api-schemas.fixture.ts'
import { RuleViolationError } from './rules/rule-violation.ts'
import { journal } from './rules/samples.fixture.ts'
import { readSubmission } from './rules/submission.ts'

/**
 * Real articles with one value broken. The judge is independent of what the store uses: the public API's schemas beside the
 * repository, by another instance of the validator.
 */

const [other] = journalsOf([{ name: 'J', publisher: 'P', prefix: 'elife', doiPrefix: '10.7554/eLife.', idDigits: 5 }])
if (!other) throw new Error('no journal')

type Path = readonly (string | number)[]

const breaks: Record<string, (value: unknown) => unknown> = {
  removed: () => undefined,
  null: () => null,
  'a number': () => -7,
  'empty text': () => '',
  'an empty list': () => [],
  'an empty object': () => ({}),
  'in a list': (value) => [value],
  doubled: (value) => (typeof value === 'string' ? `${value} ${value}` : [value, value]),
}

/** The paths of all values of an article, keys that are for the store apart. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value).filter(([key]) => path.length > 0 || !key.startsWith('-'))
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))]
}

function broken(article: RealArticle, path: Path, how: (value: unknown) => unknown): RealArticle {
  const copy = structuredClone(article)
  const parent: object = path.slice(0, -1).reduce<object>((at, key) => Object(Reflect.get(at, key)), copy)
  const key = path.at(-1) ?? ''
  const value = how(Reflect.get(parent, key))
  if (value !== undefined) Reflect.set(parent, key, value)
  else if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else Reflect.deleteProperty(parent, key)
  return copy
}

/** The store's answer to an ingest: undefined where it would take the article. */
function refusal(article: RealArticle, of: RealArticle, its = journal): RuleViolationError | undefined {
  try {
    readSubmission({ article, run: 'r' }, { article: of.id, version: of.version }, [its])
    return undefined
  } catch (error) {
    if (error instanceof RuleViolationError) return error
    throw error
  }
}

const isValid = (article: RealArticle, { status }: RealArticle) => {
  const { published, ...rest } = article
  // A null date is a preview without a date, which the rule on publishing refuses; the store says the stage itself.
  const shown = { stage: 'published', ...rest, ...(published !== null && { published }) }
  const names = status === 'poa' ? ['article-poa.v4', 'article-poa.v3'] : ['article-vor.v8', 'article-vor.v7']
  return names.some((name) => schemaErrors(name, shown).length === 0)
}

const articles = absent ? [] : [...realArticles(), ...convertedArticles()]
const mutant = (of: readonly RealArticle[]) =>
  fc.constantFrom(...of).chain((article) => {
    const how = fc.constantFrom(...Object.keys(breaks))
    return fc.record({ article: fc.constant(article), path: fc.constantFrom(...pathsOf(article)), how })
  })
const judge = { numRuns: 1000 }

test.skipIf(absent)('the articles themselves are taken', () => {
  expect(articles.length).toBeGreaterThan(25)
  for (const article of articles) expect(refusal(article, article)?.message, article.id).toBeUndefined()
})

test.skipIf(absent)('a journal of the public API: what its schema refuses is refused, with the place', () => {
  let refused = 0
  fc.assert(
    fc.property(mutant(articles), ({ article, path, how }) => {
      const one = broken(article, path, breaks[how] ?? (() => undefined))
      const because = refusal(one, article)
      if (isValid(one, article)) return
      refused++
      expect(because, `/${path.join('/')} ${how} is taken`).toBeDefined()
      if (because?.code === 'invalid-article-json') expect(because.message).toMatch(/^\(error 1 of \d+\) \//)
    }),
    judge,
  )
  expect(refused).toBeGreaterThan(250)
})

test.skipIf(absent)('any other journal: what our schema refuses is refused, with the place', () => {
  fc.assert(
    fc.property(mutant(articles), ({ article, path, how }) => {
      const one = broken(article, path, breaks[how] ?? (() => undefined))
      const { published, ...rest } = one
      const shown = { stage: 'published', ...rest, ...(published !== null && published !== undefined && { published }) }
      if (validateArticleJson(shown).length > 0) expect(refusal(one, article, other), path.join('/')).toBeDefined()
    }),
    judge,
  )
})
