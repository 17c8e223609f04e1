import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../jats/reading/parse.ts'
import { accountFor, accountForPage } from './report.ts'

const filler = 'The cells were grown in a medium of glucose and salts until they had divided three times.'
const article = (body: string, more = '') =>
  parseArticleXml(
    `<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"><front><article-meta>${more}</article-meta></front><body>${body}</body></article>`,
  )
const paragraph = (text: string) => ({ type: 'paragraph', text })
const report = (body: string, content: readonly unknown[], more?: string) =>
  accountFor(article(body, more), { body: content })

describe('nothing is lost', () => {
  test.each<[string, string, readonly unknown[]]>([
    [
      'markup inside a word',
      '<p>Levels of E<sub>2</sub>F and <italic>p</italic>53 rose.</p>',
      [paragraph('Levels of E<sub>2</sub>F and <i>p</i>53 rose.')],
    ],
    [
      'markup that goes',
      '<p>Levels of E<sub>2</sub>F and <sc>p</sc>53 rose.</p>',
      [paragraph('Levels of E2F and p53 rose.')],
    ],
    [
      'white space, quotes, soft hyphens and composed characters',
      '<p>A  “na\u0308ive”\n idea\u00ad l</p>',
      [paragraph('A &quot;näive&quot; ideal')],
    ],
    ['entities', '<p>Salt &amp; water &lt; 5</p>', [paragraph('Salt &amp; water &#60; 5')]],
    [
      'another order',
      `<p>${filler}<fn><p>A note of some words.</p></fn> It was warm.</p><p>Then it was cold.</p>`,
      [
        paragraph('Then it was cold.'),
        paragraph(`${filler} It was warm.`),
        { notes: [{ text: [paragraph('A note of some words.')] }] },
      ],
    ],
    [
      'parts that are one text',
      '<table><tr><td>1.5</td><td>Yes</td></tr><tr><td>Mus</td><td/></tr></table>',
      ['<table><tr><td>1.5</td><td>Yes</td></tr><tr><td>Mus</td><td></td></tr></table>'],
    ],
    [
      'a name in another order',
      '<name><surname>Li</surname><given-names>Wei</given-names></name>',
      [{ name: { preferred: 'Wei Li', index: 'Li, Wei' } }],
    ],
    ['a year with a letter', '<year>2007a</year>', [{ date: '2007', discriminator: 'a' }]],
    [
      'one of two forms',
      '<alternatives><tex-math>\\frac{a}{b}</tex-math><mml:math><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:math></alternatives>',
      ['<math><mi>a</mi><mi>b</mi></math>'],
    ],
    [
      'TeX in an attribute',
      '<disp-formula><tex-math>\\documentclass{x}\\begin{document}$$\\alpha$$\\end{document}</tex-math></disp-formula>',
      ['<math alttext="\\alpha"><mi>α</mi></math>'],
    ],
    [
      'a picture, whatever its version, type and address',
      '<graphic xlink:href="folder/elife-00007-fig1.tif"/>',
      [{ image: { uri: 'https://iiif.example/00007%2Felife-00007-fig1-v2.tif' } }],
    ],
    [
      'the picture of a table that is shown as text',
      '<table-wrap><alternatives><graphic xlink:href="t1"/><table><tbody><tr><td>one cell</td></tr></tbody></table></alternatives></table-wrap>',
      [{ type: 'table', tables: ['<table><tbody><tr><td>one cell</td></tr></tbody></table>'] }],
    ],
    [
      'a link and its target',
      '<p id="x">See <xref rid="x">this</xref></p>',
      [{ ...paragraph('See <a href="#x">this</a>'), id: 'x' }],
    ],
  ])('%s', (_name, body, content) => {
    expect(report(body, content).losses).toEqual([])
    expect(report(body, content).summary).toBe('')
  })

  test('what is used otherwise is explained, and counted', () => {
    const { losses, words } = report(
      '<p>Text.</p>',
      [paragraph('Text.')],
      '<pub-date><day>1</day><month>2</month><year>2020</year></pub-date>',
    )
    expect(losses).toEqual([])
    expect(words).toEqual({ all: 4, explained: 3, lost: 0 })
  })
})

test('a date is shown in whatever form, and lost where it is in none', () => {
  const history = '<history><date><day>5</day><month>4</month><year>2015</year></date></history>'
  const losses = (json: unknown) => accountFor(article('', history), json).losses
  expect(losses({ '-history': { received: '2015-04-05' } })).toEqual([])
  expect(losses({ text: 'Received 5 April 2015' })).toEqual([])
  expect(losses({ '-history': { received: '2015-04-06' } })).not.toEqual([])
})

describe('a loss is found', () => {
  test('of a sentence that stands twice and comes out once', () => {
    const { losses, words } = report(`<p>${filler}</p><p>${filler}</p>`, [paragraph(filler)])
    expect(words).toEqual({ all: 34, explained: 0, lost: 17 })
    expect(losses).toEqual([
      expect.objectContaining({
        kind: 'body-text',
        xpath: '/article/body[1]/p[2]',
        words: 17,
        whole: true,
        severity: 'problem',
      }),
    ])
  })

  test('of a sentence of words that all stand elsewhere', () => {
    const shuffled = 'The salts had grown three cells until they were divided in a medium of glucose times.'
    const { words } = report(`<p>${filler}</p><p>${shuffled}</p>`, [paragraph(filler)])
    expect(words.lost).toBe(16)
  })

  test('of the rest of a paragraph, in its line', () => {
    const { losses } = report(`\n<p>${filler}\n Its end is lost.</p>`, [paragraph(filler)])
    expect(losses).toEqual([expect.objectContaining({ line: 2, words: 4, whole: false, excerpt: 'Its end is lost' })])
  })

  test.each<[string, string, object]>([
    [
      'a figure',
      '<fig><label>Figure 2.</label><caption><p>What it shows.</p></caption><graphic xlink:href="f2"/></fig>',
      { kind: 'figure', label: 'Figure 2', severity: 'problem', whole: true },
    ],
    [
      'a figure without words',
      '<fig id="f"><graphic xlink:href="f2"/></fig>',
      { kind: 'figure', excerpt: 'f2', severity: 'problem' },
    ],
    [
      'a table',
      '<table-wrap><label>Table 1</label><table><tr><td>One</td></tr></table></table-wrap>',
      { kind: 'table', label: 'Table 1', severity: 'problem' },
    ],
    [
      'a formula',
      '<disp-formula><mml:math><mml:mi>x</mml:mi></mml:math></disp-formula>',
      { kind: 'formula', severity: 'finding' },
    ],
    ['a footnote', '<p><fn><p>Some note</p></fn></p>', { kind: 'footnote', severity: 'finding' }],
    ['a supplement', '<supplementary-material xlink:href="s1.csv"/>', { kind: 'supplement', severity: 'finding' }],
  ])('%s, once', (_name, body, loss) => {
    expect(report(body, []).losses).toEqual([expect.objectContaining(loss)])
  })

  test.each<[string, string, object]>([
    [
      'an author',
      '<contrib-group><contrib contrib-type="author"><name><surname>Lovelace</surname></name></contrib></contrib-group>',
      { kind: 'author', severity: 'problem' },
    ],
    [
      'an editor',
      '<contrib-group><contrib contrib-type="editor"><name><surname>Lovelace</surname></name></contrib></contrib-group>',
      { kind: 'editor', severity: 'finding' },
    ],
    ['a keyword', '<kwd-group><kwd>engines</kwd></kwd-group>', { kind: 'keyword' }],
    ['a translated abstract', '<trans-abstract><p>Resumen</p></trans-abstract>', { kind: 'abstract' }],
  ])('%s of the front matter', (_name, front, loss) => {
    expect(report('<p>Text</p>', [paragraph('Text')], front).losses).toEqual([expect.objectContaining(loss)])
  })

  test('of a link that leads nowhere', () => {
    const { losses, summary } = report('<p>See <xref rid="f1">this</xref></p>', [
      paragraph('See <a href="#f1">this</a>'),
    ])
    expect(losses).toEqual([
      expect.objectContaining({
        kind: 'dead-link',
        excerpt: 'this',
        severity: 'problem',
        xpath: '/article/body[1]/p[1]/xref[1]',
      }),
    ])
    expect(summary).toBe('1 link leads nowhere.')
  })

  test('of a year, an author or a statement that the XML does not give', () => {
    const xml = article('<p>Text</p>', '<ref id="b1"><surname>Bee</surname><year>1999a</year></ref><year>2001</year>')
    const reference = (date: string, preferred: string) => ({
      references: [{ id: 'b1', date, authors: [{ type: 'person', name: { preferred } }] }],
    })
    const invented = (json: object) =>
      accountFor(xml, json).losses.flatMap(({ kind, excerpt }) => (kind === 'invented' ? [excerpt] : []))
    expect(invented(reference('1999', 'Bee'))).toEqual([])
    expect(invented(reference('2001', 'Cee'))).toEqual(['2001', 'Cee'])
    expect(invented({ published: '2001-01-01T00:00:00Z', funding: { statement: 'All paid.' } })).toEqual(['All paid.'])
  })

  test('of a link whose target the XML does not have, which is shown as words', () => {
    const { losses } = report('<p>See <xref rid="f1">this</xref></p>', [paragraph('See this')])
    expect(losses).toEqual([expect.objectContaining({ kind: 'dead-link', excerpt: 'this', severity: 'problem' })])
  })

  test('but not of a link to a place without a block of its own', () => {
    const linked = { ...paragraph('<a href="#n1">a</a> Note'), anchors: ['n1'] }
    expect(report('<p><xref rid="n1">a</xref> <target id="n1"/>Note</p>', [linked]).losses).toEqual([])
  })

  test('but not of a part of an affiliation that is written as a whole besides', () => {
    const aff = (original: string) =>
      `<aff><institution>Here</institution><country>There</country><institution content-type="original">${original}</institution></aff>`
    const counted = (original: string, shown: string) =>
      accountFor(article('', aff(original)), { name: shown }).words.lost
    expect(counted('Here, There', 'Here, There')).toBe(0)
    expect(counted('Elsewhere', 'Elsewhere')).toBe(2)
  })

  test('but not of a short text that only begins or ends within a word', () => {
    const cell = ['Attitudes Questionnaire (SMAQ)', 'questionnaires']
    const { losses } = report(`<p>${cell[1]}</p><p>${cell[0]}</p>`, [paragraph(cell[0] ?? '')])
    expect(losses).toMatchObject([{ excerpt: 'questionnaires' }])
  })

  test('and is a warning, no problem, where the journal tolerates its kind', () => {
    const { losses } = accountFor(article('<p>Lost words</p>'), {}, { tolerated: ['body-text'] })
    expect(losses.map(({ severity }) => severity)).toEqual(['warning'])
  })

  test('on a page', () => {
    const page = '<html><head><title>Lost</title></head><body><nav>Lost</nav><p>Shown <b>wo</b>rds</p></body></html>'
    const { losses, words } = accountForPage(article('<p>Shown words</p><p>Lost</p>'), page)
    expect(words.lost).toBe(1)
    expect(losses).toEqual([expect.objectContaining({ excerpt: 'Lost' })])
  })
})

describe('a word that is shown is found, and a lost one is not, though', () => {
  const lostOf = (body: string, content: readonly unknown[], more = '', json: object = {}) =>
    accountFor(article(body, more), { ...json, body: content }).losses.map(({ excerpt }) => excerpt)

  test('the day of a date is the same number', () => {
    const dated = '<history><date date-type="received"><day>12</day><month>4</month><year>2015</year></date></history>'
    const body = `<p>${filler}</p><table-wrap><table><tr><td>12</td></tr></table></table-wrap>`
    const shown = { type: 'table', tables: ['<table><tr><td>12</td></tr></table>'] }
    const history = { '-history': { received: '2015-04-12' } }
    expect(lostOf(body, [paragraph(filler), shown], dated, history)).toEqual([])
    expect(lostOf(body, [paragraph(filler)], dated, history)).toEqual(['12'])
  })

  test('a part’s title, which may be said elsewhere, is the beginning of a label', () => {
    const body = '<fig><label>Author response image 1.</label><graphic xlink:href="f1"/></fig>'
    const part = `<sub-article><front-stub><title-group><article-title>Author response</article-title></title-group></front-stub><body>${body}</body></sub-article>`
    const xml = parseArticleXml(
      `<article xmlns:xlink="http://www.w3.org/1999/xlink"><front/><body><p>${filler} An author response image 2 is there.</p></body>${part}</article>`,
    )
    const text = paragraph(`${filler} An author response image 2 is there.`)
    const figure = (label: string) => ({ label, image: { uri: 'https://iiif.example/f1' } })
    const excerpts = (label: string) => accountFor(xml, [text, figure(label)]).losses.map(({ excerpt }) => excerpt)
    expect(excerpts('Author response image 1.')).toEqual([])
    expect(excerpts('Image 1.')).toEqual(['Author response'])
  })

  test('it is a letter that the word before has too', () => {
    const name = (given: string) =>
      `<contrib-group><contrib><name><surname>Li</surname><given-names>${given}</given-names></name></contrib></contrib-group>`
    const shown = (preferred: string) => ({ authors: [{ name: { preferred } }] })
    expect(lostOf('<p>Lily</p>', [paragraph('Lily')], name('Y'), shown('Y Li'))).toEqual([])
    expect(lostOf('<p>Lily</p>', [paragraph('Lily')], name('Y'), shown('Li'))).toEqual(['Y'])
  })

  test('the mark of a note stands before it without a space', () => {
    const body = `<p>${filler} It was in Kairos,<fn><label>1</label><p>First made in winter.</p></fn>Druid,<fn><label>2</label><p>Then in summer.</p></fn>and others.</p>`
    const notes = [paragraph('First made in winter.'), paragraph('Then in summer.')]
    const text = (end: string) => paragraph(`${filler} It was in Kairos,<sup>1</sup>${end}<sup>2</sup>and others.`)
    expect(lostOf(body, [...notes, text('Druid,')])).toEqual([])
    expect(lostOf(body, [...notes, text('')])).toEqual(['Druid'])
  })

  test('a label of the same name is nearer', () => {
    const tables = [1, 2].map((number) => `<table-wrap><label>Table ${number}</label></table-wrap>`).join('')
    const body = `<p>${filler.repeat(8)}</p>${tables}`
    const labels = (...all: readonly string[]) => [
      { label: 'Table 1' },
      ...all.map((label) => ({ label })),
      paragraph(filler.repeat(8)),
    ]
    expect(lostOf(body, [...labels().slice(0, 1), paragraph(filler.repeat(8)), { label: 'Table 2' }])).toEqual([])
    expect(lostOf(body, labels())).toEqual(['Table 2'])
  })

  test('another number has the same digits', () => {
    const cells = (...all: readonly string[]) => all.map((cell) => `<td>${cell}</td>`).join('')
    const rows = ['<table><tr>', '</tr></table>'] as const
    const body = rows.join(cells('3.7', '37.1'))
    const table = (...all: readonly string[]) => [{ type: 'table', tables: [rows.join(cells(...all))] }]
    expect(lostOf(body, table('37.1', '3.7'))).toEqual([])
    expect(lostOf(body, table('37.1'))).toHaveLength(1)
  })

  test('code has what looks like a tag', () => {
    const code = 'CREATE ARRAY Q &lt;date:datetime, streamflow:double&gt; [0]'
    const shown = (text: string) => [{ type: 'code', code: text }]
    expect(lostOf(`<code>${code}</code>`, shown('CREATE ARRAY Q <date:datetime, streamflow:double> [0]'))).toEqual([])
    expect(lostOf(`<code>${code}</code>`, shown('CREATE ARRAY Q [0]'))).toEqual(['date datetime streamflow double'])
  })

  test('words tie an author to the affiliation in print', () => {
    const contrib = (between: string) =>
      `<contrib-group><contrib><name><surname>Lovelace</surname></name>${between}</contrib></contrib-group>`
    const json = { authors: [{ name: { preferred: 'Lovelace' } }] }
    expect(lostOf('<p>Text</p>', [paragraph('Text')], contrib('<x>is in the</x>'), json)).toEqual([])
    expect(lostOf('<p>Text</p>', [paragraph('Text')], contrib('<x> is a </x><x>, and is in the </x>'), json)).toEqual(
      [],
    )
    expect(lostOf('<p>Text</p>', [paragraph('Text')], contrib('<x>is in London</x>'), json)).toEqual(['is in London'])
  })
})

test('a summary names one thing by its label and counts several', () => {
  const formulas = '<p>A<inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula></p>'.repeat(3)
  const { summary } = report(`${formulas}<fig><label>Figure 2</label><graphic xlink:href="a"/></fig>`, [
    paragraph('A'),
    paragraph('A'),
    paragraph('A'),
  ])
  expect(summary).toBe('Figure 2 and 3 formulas are not shown, or not whole.')
})

test('what is taken out of the article JSON anywhere is reported', () => {
  const texts = fc.array(fc.array(fc.stringMatching(/^[a-z]{2,9}$/), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(texts, fc.nat(), (paragraphs, chosen) => {
      const lost = chosen % paragraphs.length
      const xml = article(paragraphs.map((words) => `<p>${words.join(' ')}</p>`).join(''))
      const content = paragraphs.map((words) => paragraph(words.join(' ')))
      expect(accountFor(xml, { body: content }).words.lost).toBe(0)
      expect(accountFor(xml, { body: content.toSpliced(lost, 1) }).words.lost).toBeGreaterThanOrEqual(
        paragraphs[lost]?.length ?? 0,
      )
    }),
    { numRuns: 200 },
  )
})
