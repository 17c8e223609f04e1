import { MalformedXml, parseArticleXml } from '@continuum/article/jats'
import { expect, test } from 'vitest'
import { planCrossref } from './crossref/plan.ts'
import { pubmedDocument } from './pubmed/article.ts'
import { IncompleteRecordFailure, readRecord } from './record/read.ts'
import { journal, versionOf } from './testing/journal.ts'
import { corpusArticles, sharedArticles } from './testing/shared-articles.ts'

const articles = await sharedArticles()

test.skipIf(articles.length === 0).for(articles.map(({ name, xml }) => [name, xml] as const))(
  '18. %s gives deposits that are valid by the schema, and a PubMed record in order',
  ([, xml]) => {
    const record = readRecord(parseArticleXml(xml))
    const status = record.components.length === 0 && record.references.length === 0 ? 'poa' : 'vor'
    const { deposits, problems } = planCrossref({ record, journal, published: versionOf({ status }) })
    expect(problems).toEqual([])
    // Writing checks: it throws where the schema refuses.
    for (const { write } of deposits) expect(write('20260101000000000').xml).toContain('<timestamp>20260101000000000<')
    expect(pubmedDocument({ record, journal, published: versionOf(), isKnown: false }).xml).toContain('<ArticleSet>')
  },
)

const corpus = corpusArticles()

test.skipIf(corpus.length === 0)('18. of other publishers too, whatever JATS they write', () => {
  const invalid: string[] = []
  let written = 0
  for (const { name, xml } of corpus) {
    try {
      const record = readRecord(parseArticleXml(xml), { doi: '10.5555/without' })
      for (const { write } of planCrossref({ record, journal, published: versionOf() }).deposits) {
        write('20260101000000000')
        written++
      }
      pubmedDocument({ record, journal, published: versionOf(), isKnown: false })
    } catch (error) {
      // Not JATS, or only a piece of an article.
      if (error instanceof IncompleteRecordFailure || error instanceof MalformedXml) continue
      invalid.push(`${name}: ${String(error)}`)
    }
  }
  expect(invalid).toEqual([])
  expect(written).toBeGreaterThan(200)
})
