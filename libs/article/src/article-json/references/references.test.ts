import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../../jats/reading/parse.ts'
import { articleWith } from '../../testing/article-with.ts'
import { continuum } from '../../testing/journals.ts'
import { apiSchema } from '../../testing/public-api.ts'
import { toArticleJson } from '../to-article-json.ts'

const problems = apiSchema('article-vor.v8')
const author =
  '<person-group person-group-type="author"><name><surname>Bee</surname><given-names>A</given-names></name><etal/></person-group>'
const editor = '<person-group person-group-type="editor"><collab>The Editors</collab></person-group>'
const person = { type: 'person', name: { preferred: 'Bee A', index: 'Bee, A' } }

/** The reference of one citation, in an article that is valid with it. */
const reference = (kind: string, inner: string, year = '<year>2004</year>') => {
  const citation = `<element-citation publication-type="${kind}">${inner}${year}</element-citation>`
  const back = `<ref-list><ref id="bib1">${citation}</ref></ref-list>`
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(articleWith({ back })), about)
  const [found] = article.references ?? []
  if (found?.date && found.type !== 'unknown') expect(problems(article)).toEqual([])
  return found
}
const head = { id: 'bib1', date: '2004', authors: [person], authorsEtAl: true }
const title = '<article-title>On <italic>x</italic></article-title>'
const publisher = '<publisher-name>P</publisher-name><publisher-loc>L</publisher-loc>'
const place = { name: ['P'], address: { formatted: ['L'], components: { locality: ['L'] } } }
const doi = '<pub-id pub-id-type="doi">10.1000/x</pub-id>'
const link = '<ext-link ext-link-type="uri" xlink:href="http://a.org/">a</ext-link>'

describe('a citation becomes a reference of its type', () => {
  test('journal', () => {
    const pages = '<volume>3</volume><fpage>10</fpage><lpage>12</lpage>'
    expect(
      reference('journal', `${author}${title}<source>J</source>${pages}${doi}<pub-id pub-id-type="pmid">77</pub-id>`),
    ).toEqual({
      type: 'journal',
      ...head,
      articleTitle: 'On <i>x</i>',
      journal: 'J',
      volume: '3',
      pages: { first: '10', last: '12', range: '10–12' },
      doi: '10.1000/x',
      pmid: 77,
    })
  })

  test('journal, with the address where there is no DOI', () => {
    expect(reference('journal', `${author}${title}<source>J</source>${link}`)).toMatchObject({ uri: 'http://a.org/' })
    expect(reference('journal', `${author}${title}<source>J</source>${doi}${link}`)).not.toHaveProperty('uri')
  })

  test('a chapter whose title is written as that of an article', () => {
    const inner = `${author}${editor}${title}<source>B</source>${publisher}<fpage>1</fpage><lpage>9</lpage>`
    expect(reference('book', inner)).toMatchObject({
      type: 'book-chapter',
      chapterTitle: 'On <i>x</i>',
      bookTitle: 'B',
    })
  })

  test('software, which the repository publishes where nobody else does', () => {
    const inner = `${author}<data-title>S</data-title><source>Zenodo</source><version>2</version>${doi}`
    expect(reference('software', inner)).toMatchObject({
      type: 'software',
      title: 'S',
      publisher: { name: ['Zenodo'] },
      version: '2',
      doi: '10.1000/x',
    })
  })

  test('given names in full stand before the surname, initials after it', () => {
    const named = (given: string) =>
      reference('journal', `${author.replace('>A<', `>${given}<`)}${title}<source>J</source>`)
    expect(named('Ada M')).toMatchObject({ authors: [{ name: { preferred: 'Ada M Bee', index: 'Bee, Ada M' } }] })
    for (const given of ['AM', 'A.M.', 'A-M', 'É'])
      expect(named(given)).toMatchObject({ authors: [{ name: { preferred: `Bee ${given}` } }] })
  })

  test('book, with authors or editors', () => {
    const isbn = '<edition>2nd</edition><isbn>978-0-306-40615-7</isbn>'
    expect(reference('book', `${editor}<source>B</source>${publisher}${isbn}`)).toEqual({
      type: 'book',
      id: 'bib1',
      date: '2004',
      editors: [{ type: 'group', name: 'The Editors' }],
      bookTitle: 'B',
      publisher: place,
      edition: '2nd',
      isbn: '9780306406157',
    })
  })

  test('book chapter', () => {
    const chapter = `${author}${editor}<chapter-title>C</chapter-title><source>B</source>${publisher}<fpage>7</fpage>`
    expect(reference('book', chapter)).toMatchObject({
      type: 'book-chapter',
      chapterTitle: 'C',
      bookTitle: 'B',
      pages: '7',
    })
  })

  test.each([
    [
      'confproc',
      `${author}${title}<conf-name>Conf</conf-name>${doi}`,
      { type: 'conference-proceeding', conference: { name: ['Conf'] }, uri: 'https://doi.org/10.1000/x' },
    ],
    [
      'data',
      `${author}<data-title>D</data-title><source>S</source><pub-id pub-id-type="accession">GSE1</pub-id>`,
      { type: 'data', title: 'D', source: 'S', dataId: 'GSE1' },
    ],
    [
      'patent',
      `<person-group person-group-type="inventor"><name><surname>Bee</surname><given-names>A</given-names></name></person-group>${title}<patent country="US">US1</patent>`,
      { type: 'patent', inventors: [person], patentType: 'Patent', country: 'US', number: 'US1' },
    ],
    [
      'periodical',
      `${author}${title}<source>N</source><fpage>4</fpage>`,
      { type: 'periodical', periodical: 'N', pages: '4' },
    ],
    [
      'preprint',
      `${author}${title}<source>bioRxiv</source>${doi}`,
      { type: 'preprint', source: 'bioRxiv', doi: '10.1000/x', uri: 'https://doi.org/10.1000/x' },
    ],
    ['report', `${author}<source>R</source>${publisher}`, { type: 'report', title: 'R', publisher: place }],
    [
      'software',
      `${author}<data-title>S</data-title>${publisher}<version>1.2</version>${link}`,
      { type: 'software', title: 'S', version: '1.2', uri: 'http://a.org/' },
    ],
    ['thesis', `${author}${title}${publisher}`, { type: 'thesis', author: person, publisher: place }],
    [
      'web',
      `${author}${title}<source>W</source>${link}<date-in-citation iso-8601-date="2005-06-07"/>`,
      { type: 'web', website: 'W', uri: 'http://a.org/', accessed: '2005-06-07' },
    ],
    [
      'clinicaltrial',
      `<person-group person-group-type="sponsor"><collab>S</collab></person-group>${title}${link}`,
      { type: 'clinical-trial', authorsType: 'sponsors' },
    ],
  ])('%s', (kind, inner, expected) => expect(reference(kind, inner)).toMatchObject(expected))
})

describe('a citation that lacks what its type requires is unknown, with all it has', () => {
  test('and its details', () => {
    expect(reference('book', `${author}<source>B</source>`)).toEqual({ type: 'unknown', ...head, title: 'B' })
    expect(
      reference(
        'other',
        `${author}${title}<source>S</source><volume>1</volume><fpage>2</fpage><lpage>3</lpage>${link}`,
      ),
    ).toEqual({
      type: 'unknown',
      ...head,
      title: 'On <i>x</i>',
      details: 'S, 1, 2–3',
      uri: 'http://a.org/',
    })
  })

  test('even if it says next to nothing', () => {
    expect(reference('journal', 'Free text.')).toMatchObject({ type: 'unknown', title: 'Free text.2004', date: '2004' })
    expect(reference('journal', '', '')).toEqual({ type: 'unknown', id: 'bib1' })
  })
})

describe('years', () => {
  test.each([
    ['<year>2004a</year>', { date: '2004', discriminator: 'a' }],
    ['<year iso-8601-date="2004">in press</year>', { date: '2004' }],
    ['<year>In press</year>', { remainder: ['In press'] }],
  ])('%s', (year, expected) =>
    expect(reference('journal', `${author}${title}<source>J</source>`, year)).toMatchObject(expected),
  )
})

test('a work without a year gets none', () => {
  const journal = `${author}${title}<source>J</source>`
  expect(reference('journal', journal, '')).not.toHaveProperty('date')
  expect(reference('journal', journal, '<year>In press</year>')).not.toHaveProperty('date')
})

test('pages that are no pages stay as they are written', () => {
  const journal = `${author}${title}<source>J</source>`
  expect(reference('journal', `${journal}<fpage>S-1</fpage><lpage>S-9</lpage>`)).toMatchObject({ pages: 'S-1–S-9' })
  expect(reference('journal', `${journal}<elocation-id>e1</elocation-id>`)).toMatchObject({ pages: 'e1' })
  expect(reference('journal', `${journal}<comment>In press</comment>`)).toMatchObject({ pages: 'In press' })
})

test('identifiers that are none are left out', () => {
  const ids = '<pub-id pub-id-type="doi">see above</pub-id><pub-id pub-id-type="pmid">PMC1</pub-id>'
  const found = reference('journal', `${author}${title}<source>J</source>${ids}`)
  expect(found).not.toHaveProperty('doi')
  expect(found).not.toHaveProperty('pmid')
})

/** The reference list of an article. */
const listed = (back: string) => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(articleWith({ back })), about)
  return article
}
const list = (refs: string) => `<ref-list>${refs}</ref-list>`

describe('an entry', () => {
  const mixed = (inner: string) => `<mixed-citation publication-type="journal">${inner}</mixed-citation>`

  test('as written keeps its own words and punctuation beside its parts', () => {
    const inner = `<string-name><given-names>A.</given-names> <surname>Bee</surname></string-name>, <italic>On</italic> <source>J. One</source> <volume>1</volume>, 11 (<year>2001</year>).`
    expect(listed(list(`<ref id="b1"><label>1.</label>${mixed(inner)}</ref>`)).references).toMatchObject([
      { id: 'b1', label: '1', date: '2001', text: 'A. Bee, <i>On</i> J. One 1, 11 (2001).' },
    ])
  })

  test('as written has blanks in names that the XML does not part', () => {
    const inner = `<name><surname>Bee</surname><given-names>AB</given-names></name>, <name><surname>Cee</surname><given-names>D</given-names></name> (<year>2001</year>)`
    expect(listed(list(`<ref id="b1">${mixed(inner)}</ref>`)).references).toMatchObject([
      { text: 'Bee AB, Cee D (2001)' },
    ])
  })

  test('as written has blanks between parts that nothing parts, and no identifier hangs at its pages', () => {
    const inner = `<source>J One</source><volume>83</volume>: <fpage>57</fpage><pub-id pub-id-type="pmid">77</pub-id>`
    const people =
      '<name><surname>Bee</surname><given-names>A</given-names></name>, <article-title>On</article-title>. '
    expect(listed(list(`<ref id="b1">${mixed(people + inner)}</ref>`)).references).toMatchObject([
      { pmid: 77, text: 'Bee A, On. J One 83: 57' },
    ])
  })

  test('with several works has them all, the label with the first', () => {
    const two = mixed('Bee A, One, <year>2001</year>.') + mixed('Cee B, Two.')
    expect(listed(list(`<ref id="b1"><label>1</label>${two}</ref>`)).references).toMatchObject([
      { id: 'b1', label: '1', text: 'Bee A, One, 2001.' },
      { id: 'b1-2', text: 'Cee B, Two.' },
    ])
  })

  test('in parts and as written, side by side or as alternatives, is one work', () => {
    const parts = `<element-citation publication-type="journal">${author}${title}<source>J</source><year>2004</year></element-citation>`
    const expected = [{ id: 'b1', type: 'journal', journal: 'J', text: 'Bee A. On x. J 2004.' }]
    const written = mixed('Bee A. On x. J 2004.')
    expect(listed(list(`<ref id="b1">${written}${parts}</ref>`)).references).toMatchObject(expected)
    const alternatives = `<citation-alternatives>${parts}${written}</citation-alternatives>`
    expect(listed(list(`<ref id="b1">${alternatives}</ref>`)).references).toMatchObject(expected)
  })

  test('that is a note is one, under its label', () => {
    const { references } = listed(list('<ref id="b2"><label>2</label><note><p>A note.</p></note></ref>'))
    expect(references).toEqual([{ type: 'unknown', id: 'b2', label: '2', title: 'A note.', text: 'A note.' }])
  })

  test.each(['nlm-citation citation-type="journal"', 'citation citation-type="journal"'])('of NLM, %s', (tag) => {
    const [name] = tag.split(' ')
    const ref = `<ref id="b1"><${tag}>${author}${title}<source>J</source><year>2004</year></${name}></ref>`
    expect(listed(list(ref)).references).toMatchObject([{ type: 'journal', journal: 'J', date: '2004' }])
  })
})

test('what the type does not know is kept beside it', () => {
  const more = `<issue>2</issue><supplement>Suppl 1</supplement><comment>Epub ahead of print</comment><person-group person-group-type="translator"><name><surname>Cee</surname><given-names>B</given-names></name></person-group>`
  expect(reference('journal', `${author}${title}<source>J</source>${more}`)).toMatchObject({
    issue: '2',
    remainder: ['Suppl 1', 'Epub ahead of print', 'B Cee (translator)'],
  })
})

test('several lists keep their headings, words and order', () => {
  const ref = (id: string) => `<ref id="${id}"><mixed-citation>Work ${id}.</mixed-citation></ref>`
  const back = `<ref-list><title>Sources</title><ref-list id="l1"><title>Printed</title><p>By year.</p>${ref('b1')}</ref-list><ref-list><title>Other</title>${ref('b2')}</ref-list></ref-list>`
  const article = listed(back)
  expect(article.references?.map(({ id }) => id)).toEqual(['b1', 'b2'])
  expect(article.referenceLists).toEqual([
    { title: 'Sources' },
    { id: 'l1', title: 'Printed', content: [{ type: 'paragraph', text: 'By year.' }], references: ['b1'] },
    { title: 'Other', references: ['b2'] },
  ])
  expect(listed(`<ref-list><title>References</title>${ref('b1')}</ref-list>`)).not.toHaveProperty('referenceLists')
})
