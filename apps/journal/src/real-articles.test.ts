import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { Article } from './article/article.ts'
import { publishedFiles } from './article/file-addresses.ts'
import { pageFaults } from './article/page.fixture.ts'
import { articlePage } from './pages/article-page.ts'
import type { ArticleView } from './pages/article-view.ts'
import { articleOfEif } from './reading/eif-article.ts'
import { Eif } from './editions/eif.ts'
import { fieldErrorsOf } from './editions/eif-errors.ts'
import { journal } from './editions/samples.fixture.ts'

/** Pages of real articles, from beside the repository where they are present. */
const articles = new URL('../../../../shared/lax-data/article-json/', import.meta.url)
const documents = new URL('../../../../shared/lax-data/eif/', import.meta.url)
const absent = !existsSync(articles) && '../shared is not beside the repository'

const settings = {
  siteName: 'The Journal',
  siteUrl: 'https://journal.example.org',
  stylesheet: '/style.css',
  script: '/site.js',
  journals: [],
  publisher: 'A Publisher',
}
const published = Temporal.Instant.from('2016-10-05T12:00:00Z')

function pageOf(article: Article): string {
  const view: ArticleView = {
    article,
    journal,
    dates: { published },
    publicationDate: published.toString().slice(0, 10),
    versions: [],
    history: { received: '2016-04-06', accepted: '2016-08-14' },
    related: [],
    files: publishedFiles('https://cdn.elifesciences.org/articles'),
    previewUntil: undefined,
  }
  return articlePage(settings, view)
}

const namesIn = (folder: URL, pattern: RegExp) =>
  absent ? [] : readdirSync(folder).filter((name) => pattern.test(name))

test.skipIf(absent).for(absent ? [''] : namesIn(articles, /-v\d\.xml\.json$/))(
  '%s has a page without faults',
  (name) => {
    const { article } = JSON.parse(readFileSync(new URL(name, articles), 'utf8'))
    const page = pageOf(Value.Parse(Article, article))
    expect(pageFaults(page)).toEqual([])
    for (const { id } of article.body ?? [])
      expect(page.replaceAll(/>\s+</g, '><')).toContain(`<section class="part" id="${id}"><h2>`)
    expect(page.match(/<li id="bib\d+">/g) ?? []).toHaveLength(article.references?.length ?? 0)
  },
)

test.skipIf(absent).for(absent ? [''] : namesIn(documents, /-v\d\.json$/))('%s has a page without faults', (name) => {
  const sent: unknown = JSON.parse(readFileSync(new URL(name, documents), 'utf8'))
  expect(fieldErrorsOf(sent)).toEqual([])
  expect(pageFaults(pageOf(articleOfEif({ stage: 'preview', eif: Value.Parse(Eif, sent) })))).toEqual([])
})

test.skipIf(absent)('whatever the schema of the original refuses is refused: real documents, key by key', () => {
  const ajv = new Ajv.default({ strict: false, validateSchema: false, unicodeRegExp: false })
  addFormats.default(ajv)
  const isEif = ajv.compile(JSON.parse(readFileSync(new URL('eif-schema.json', documents), 'utf8')))
  let refused = 0
  for (const name of namesIn(documents, /-v\d\.json$/).slice(0, 2)) {
    const sent: unknown = JSON.parse(readFileSync(new URL(name, documents), 'utf8'))
    for (const { mutant, place } of mutantsOf(sent, [])) {
      // Not every journal has them.
      if (/^(?:volume|elocation-id)$/.test(place) || isEif(mutant)) continue
      refused++
      expect(fieldErrorsOf(mutant).length, `${name}: ${place}`).toBeGreaterThan(0)
    }
  }
  expect(refused).toBeGreaterThan(250)
})

/** A document changed at one place each: the key is gone, has a value of another type, or has a neighbour that nobody knows. */
function* mutantsOf(of: unknown, path: readonly string[]): Generator<{ mutant: unknown; place: string }> {
  if (typeof of !== 'object' || of === null) return
  const place = path.join('.')
  if (!Array.isArray(of)) yield { mutant: { ...of, unheard: 'of' }, place: `${place}.unheard` }
  // The first of many alike stand for the others.
  for (const [key, value] of Object.entries(of).slice(0, 12)) {
    const at = [...path, key]
    const changed = (to: unknown) => (Array.isArray(of) ? of.with(Number(key), to) : { ...of, [key]: to })
    const others = [7, true, 'a text', null, ['a'], { a: 'b' }].filter((other) => typeof other !== typeof value)
    for (const other of others) yield { mutant: changed(other), place: at.join('.') }
    if (!Array.isArray(of)) {
      const { [key]: _gone, ...rest } = Object(of)
      yield { mutant: rest, place: at.join('.') }
    }
    if (Number(key) > 0) continue
    for (const { mutant, place: inner } of mutantsOf(value, at)) yield { mutant: changed(mutant), place: inner }
  }
}
