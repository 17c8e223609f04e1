import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../../jats/reading/parse.ts'
import { articleWith } from '../../testing/article-with.ts'
import { continuum } from '../../testing/journals.ts'
import { apiSchema } from '../../testing/public-api.ts'
import { toArticleJson } from '../to-article-json.ts'

const problems = apiSchema('article-vor.v8')
const convert = (front: string, change = (xml: string) => xml) => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(change(articleWith({ front }))), about)
  expect(problems(article)).toEqual([])
  return article
}
const paragraph = (text: string) => ({ type: 'paragraph', text })
const titled = (inner: string) => (xml: string) => xml.replace('</article-title>', `</article-title>${inner}`)

test('subtitle, translated titles and alternative titles stand beside the title', () => {
  const inner = `<subtitle>A <italic>story</italic></subtitle><trans-title-group xml:lang="es"><trans-title>Sobre A</trans-title><trans-subtitle>Un cuento</trans-subtitle></trans-title-group><alt-title alt-title-type="running-head">On A</alt-title>`
  expect(convert('', titled(inner))).toMatchObject({
    subtitle: 'A <i>story</i>',
    translatedTitles: [{ lang: 'es', title: 'Sobre A', subtitle: 'Un cuento' }],
    alternativeTitles: [{ type: 'running-head', title: 'On A' }],
  })
})

test('entries of the metadata without a place of their own are facts, each with its name', () => {
  const front = `<issue-title>Spring <italic>issue</italic></issue-title><conference><conf-name>C</conf-name><conf-loc>Bern</conf-loc></conference><custom-meta-group><custom-meta><meta-name>template</meta-name><meta-value>5</meta-value></custom-meta><custom-meta><meta-name>route</meta-name><meta-value>open</meta-value></custom-meta></custom-meta-group>`
  expect(convert(front).facts).toEqual([
    { type: 'issue-title', text: 'Spring <i>issue</i>' },
    { type: 'conference', text: 'C, Bern' },
    { type: 'route', text: 'open' },
  ])
})

test('no holder, year or reservation of rights is invented', () => {
  const terms = (permissions: string) => (xml: string) => xml.replace(/<permissions>[^]*<\/permissions>/, permissions)
  const convertLoosely = (permissions: string) =>
    toArticleJson(parseArticleXml(terms(permissions)(articleWith({}))), {
      journal: { ...continuum, licences: ['any'] },
      version: 1,
      cdnUrl: 'https://cdn.example.org',
      sizes: {},
      files: [],
    }).article.copyright
  expect(convertLoosely('')).toEqual({ license: 'none' })
  const licence =
    '<license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Free.</license-p></license>'
  expect(convertLoosely(`<permissions>${licence}</permissions>`)).toEqual({ license: 'CC-BY-4.0', statement: 'Free.' })
  const statement =
    '<copyright-statement>© 2019 Doe. Printed in Bern.</copyright-statement><copyright-year>2019</copyright-year>'
  expect(convertLoosely(`<permissions>${statement}${licence}</permissions>`)).toEqual({
    license: 'CC-BY-4.0',
    year: '2019',
    statement: '© 2019 Doe. Printed in Bern. Free.',
  })
})

describe('abstracts', () => {
  test('in several languages are led by the one in the article’s', () => {
    const front = '<abstract xml:lang="pt"><p>Um.</p></abstract><abstract xml:lang="en"><p>One.</p></abstract>'
    const change = (xml: string) =>
      xml.replace(/<abstract>[^]*?<\/abstract>/, '').replace(/<article( xml:lang="en")? /, '<article xml:lang="en" ')
    const article = convert(front, change)
    expect(article).toMatchObject({
      abstract: { content: [paragraph('One.')] },
      abstracts: [{ lang: 'pt', content: [paragraph('Um.')] }],
    })
  })

  test('of other kinds and languages follow the abstract, each with its heading', () => {
    const front = `<abstract abstract-type="summary"><title>Author summary</title><p>S.</p></abstract><abstract abstract-type="graphical"><p>G.</p></abstract><trans-abstract xml:lang="es"><title>Resumen</title><p>R.</p></trans-abstract>`
    const article = convert(front)
    expect(article.abstract?.content).toEqual([paragraph('We show A.')])
    expect(article.abstracts).toEqual([
      { type: 'summary', title: 'Author summary', content: [paragraph('S.')] },
      { type: 'graphical', content: [paragraph('G.')] },
      { type: 'translation', lang: 'es', title: 'Resumen', content: [paragraph('R.')] },
    ])
  })

  test('a list in the abstract is given as paragraphs, a formula after them', () => {
    const math = '<disp-formula><mml:math><mml:mi>x</mml:mi></mml:math></disp-formula>'
    const list = '<list list-type="bullet"><list-item><p>One.</p></list-item><list-item><p>Two.</p></list-item></list>'
    const change = (xml: string) => xml.replace('<p>We show A.</p>', `<p>We show A.</p>${list}${math}`)
    expect(convert('', change).abstract).toMatchObject({
      content: [paragraph('We show A.'), paragraph('One.'), paragraph('Two.')],
      figures: [{ type: 'mathml' }],
    })
  })

  test('a second one without a kind is kept', () => {
    expect(convert('<abstract><p>Another.</p></abstract>').abstracts).toEqual([{ content: [paragraph('Another.')] }])
  })
})

describe('keywords', () => {
  const own = '<kwd-group kwd-group-type="author-keywords"><kwd>engines</kwd></kwd-group>'

  test('without a kind are the keywords; those of other kinds and languages are groups', () => {
    const groups = `<kwd-group><title>Index terms</title><kwd>bees</kwd></kwd-group><kwd-group kwd-group-type="msc"><compound-kwd><compound-kwd-part>35</compound-kwd-part><compound-kwd-part>PDE</compound-kwd-part></compound-kwd></kwd-group><kwd-group xml:lang="es"><title>Palabras clave</title><kwd>abejas</kwd></kwd-group>`
    const article = convert('', (xml) =>
      xml.replace(own, groups).replace('<article article-type', '<article xml:lang="en" article-type'),
    )
    expect(article).toMatchObject({
      keywords: ['bees'],
      keywordsTitle: 'Index terms',
      keywordGroups: [
        { type: 'msc', keywords: ['35: PDE'] },
        { lang: 'es', title: 'Palabras clave', keywords: ['abejas'] },
      ],
    })
  })

  test('below others come after them', () => {
    const nested = '<kwd-group><kwd>insects</kwd><nested-kwd><kwd>bees</kwd></nested-kwd></kwd-group>'
    expect(convert('', (xml) => xml.replace(own, nested)).keywords).toEqual(['insects', 'bees'])
  })
})

test('subjects of other classifications are kept, those below others in them', () => {
  const group =
    '<subj-group subj-group-type="Discipline"><subject>Biology</subject><subj-group><subject>Bees</subject></subj-group></subj-group>'
  expect(
    convert('', (xml) => xml.replace('</article-categories>', `${group}</article-categories>`)).subjectGroups,
  ).toEqual([{ type: 'Discipline', subjects: ['Biology'], groups: [{ subjects: ['Bees'] }] }])
})

test('events of the publication history are told, with day, words and address', () => {
  const front = `<pub-history><event event-type="preprint"><event-desc>Posted</event-desc><date date-type="preprint" iso-8601-date="2015-01-02"><day>02</day><month>01</month><year>2015</year></date><self-uri content-type="preprint" xlink:href="https://doi.org/10.1101/1"/></event><event><date date-type="reviewed"><year>2016</year></date></event></pub-history>`
  expect(convert(front).publicationEvents).toEqual([
    { type: 'preprint', description: 'Posted', date: '2015-01-02', uri: 'https://doi.org/10.1101/1' },
    { type: 'reviewed', date: '2016' },
  ])
})

test('related things that are described, or are no article with a DOI, and works under review are linked', () => {
  const front = `<related-article related-article-type="companion" ext-link-type="uri" xlink:href="http://a.org/1"/><related-object>See the <ext-link ext-link-type="uri" xlink:href="http://a.org/2">data</ext-link>.</related-object><product product-type="book"><source>A book</source>, <year>2001</year></product>`
  expect(convert(front).relatedLinks).toEqual([
    { type: 'companion', uri: 'http://a.org/1' },
    { type: 'related-object', text: 'See the <a href="http://a.org/2">data</a>.' },
    { type: 'book', text: 'A book, 2001' },
  ])
})

test('an article without authors and abstract is converted, and none is invented', () => {
  const bare = (xml: string) =>
    xml
      .replace(/<contrib-group>[^]*?<\/contrib-group>\n(?=<pub-date)/, '')
      .replaceAll(/<abstract[^]*?<\/abstract>/g, '')
  const article = convert('', bare)
  for (const key of ['authors', 'authorLine', 'abstract', 'abstracts', 'digest'])
    expect(article).not.toHaveProperty(key)
})
