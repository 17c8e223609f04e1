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
