import { describe, expect, test } from 'vitest'
import { describeArticle } from './describe.ts'
import { IncompleteArticle } from '../jats/errors.ts'
import { parseArticleXml } from '../jats/reading/parse.ts'
import { sampleXml } from '../testing/sample-xml.ts'
import { continuum, elife } from '../testing/journals.ts'
import { areThere, articles, packages, whereFrom } from '../testing/real-articles.ts'

describe('an article is described', () => {
  const article = describeArticle(parseArticleXml(sampleXml()), continuum)

  test('with number, DOI, title in three forms, kind and status', () => {
    expect(article).toMatchObject({
      articleId: '00007',
      doi: '10.5555/continuum.00007',
      title: 'On A & B2 in Mus',
      titleHtml: 'On A &amp; B<sub>2</sub> in <i>Mus</i>',
      titleJats: 'On A &amp; B<sub>2</sub> in <italic>Mus</italic>',
      type: 'tools-resources',
      status: 'vor',
    })
  })

  test('with dates, and a volume counted from the year where the XML has none', () => {
    expect(article.dates).toEqual({
      published: '2021-03-04T00:00:00Z',
      publishedPrecision: 'day',
      received: '2020-12-31T00:00:00Z',
      accepted: undefined,
      sentForReview: undefined,
    })
    expect(article.volume).toBe(2)
  })

  test('with contributors: people, groups and their members, and on whose behalf', () => {
    expect(article.authors).toEqual(['Ada M Lovelace Jr', 'The Engine Group'])
    expect(article.correspondingAuthors).toEqual(['Ada M Lovelace Jr'])
    expect(article.contributors.map(({ type }) => type)).toEqual([
      'author',
      'author',
      'author non-byline',
      'on-behalf-of',
    ])
    expect(article.contributors[0]).toMatchObject({
      orcid: '0000-0002-1825-009X',
      emails: ['ada@example.org'],
      affiliations: [{ institutions: ['University of X'], departments: ['Maths'], city: 'London', country: 'UK' }],
      references: [{ type: 'fn', id: 'con1' }],
    })
  })

  test('with related articles, of this journal and of others', () => {
    expect(article.related).toEqual([
      { type: 'corrected-article', doi: '10.5555/continuum.00003', articleId: '00003' },
      { type: 'article-reference', doi: '10.1000/xyz', articleId: undefined },
    ])
  })

  test('with licence, abstract, keywords and the files that it names', () => {
    expect(article.licence).toMatchObject({ code: 'CC-BY-4.0', holder: 'Lovelace' })
    expect(article.abstract).toBe('We show A.')
    expect(article.keywords).toEqual(['engines'])
    expect(article.impactStatement).toBe('It matters.')
    expect(article.assets).toEqual([
      { href: 'continuum-00007.pdf', element: 'self-uri', use: 'pdf', within: undefined },
      { href: 'continuum-00007-fig1', element: 'graphic', use: 'figure', within: 'fig1' },
      { href: 'continuum-00007-inf1.tif', element: 'inline-graphic', use: 'inline', within: 's1' },
      { href: 'continuum-00007-media1.mp4', element: 'media', use: 'video', within: 'media1' },
      { href: 'continuum-00007-supp1.xlsx', element: 'media', use: 'supplement', within: 'supp1' },
      { href: 'continuum-00007-supp.zip', element: 'ext-link', use: 'supplement', within: undefined },
    ])
  })
})

test('everything that is missing is said at once', () => {
  const empty = parseArticleXml('<article><front><article-meta/></front></article>')
  expect(() => describeArticle(empty, elife)).toThrow(IncompleteArticle)
  expect(() => describeArticle(empty, elife)).toThrow(/number.*DOI.*title.*kind.*volume/)
})

test('a date that is no day of the calendar counts as absent', () => {
  const article = describeArticle(
    parseArticleXml(sampleXml().replace('<month>3</month>', '<month>13</month>')),
    continuum,
  )
  expect(article.dates.published).toBeUndefined()
})

test('markup in the XML cannot become markup that runs', () => {
  const title =
    'x &lt;script&gt; <ext-link xlink:href="javascript:alert(1)">y</ext-link> <uri xlink:href="https://a.b/&quot;&gt;">z</uri>'
  const xml = sampleXml().replace(/<article-title>[^]*?<\/article-title>/, `<article-title>${title}</article-title>`)
  expect(describeArticle(parseArticleXml(xml), continuum).titleHtml).toBe(
    'x &lt;script&gt; y <a href="https://a.b/%22%3E">z</a>',
  )
})

describe.skipIf(!areThere)(whereFrom, () => {
  test.each(articles)('$name is described', ({ xml }) => {
    const article = describeArticle(parseArticleXml(xml), elife)
    expect(article.doi).toBe(`10.7554/eLife.${article.articleId}`)
    expect(article.dates.published).toMatch(/^20\d\d-\d\d-\d\dT00:00:00Z$/)
    expect(article.licence.code).toMatch(/^CC-BY-[34]\.0$/)
    expect(article.authors.length).toBeGreaterThan(0)
  })

  test.each(packages)('$name has the status of its name', ({ name, xml }) => {
    expect(name).toContain(`-${describeArticle(parseArticleXml(xml), elife).status}-`)
  })
})

describe('a DOI', () => {
  const withDoi = (doi: string) => parseArticleXml(sampleXml().replace('10.5555/continuum.00007', doi))

  test.each(['https://doi.org/10.5555/continuum.00007', 'doi:10.5555/continuum.00007'])(
    'may be written as an address: %s',
    (written) => expect(describeArticle(withDoi(written), continuum).doi).toBe('10.5555/continuum.00007'),
  )

  test('that is none is refused, or made of the number where the journal does not require one', () => {
    expect(() => describeArticle(withDoi('89.5555/x'), continuum)).toThrow(
      '10.5555/continuum....; found 89.5555/x, which is no DOI',
    )
    const lenient = { ...continuum, doi: { ...continuum.doi, required: false } }
    expect(describeArticle(withDoi('89.5555/x'), lenient)).toMatchObject({
      doi: '10.5555/continuum.00007',
      notADoi: '89.5555/x',
    })
  })
})
