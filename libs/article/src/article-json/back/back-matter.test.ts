import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../../jats/reading/parse.ts'
import { articleWith } from '../../testing/article-with.ts'
import { continuum } from '../../testing/journals.ts'
import { validateArticleJson } from '../../schema/validate.ts'
import { apiSchema } from '../../testing/public-api.ts'
import { toArticleJson } from '../to-article-json.ts'

const publicApiProblems = apiSchema('article-vor.v8')

/** Checks what it makes by our schema, and by the public API's unless it is known to go beyond that. */
const convert = (parts: Parameters<typeof articleWith>[0], change = (xml: string) => xml, beyondPublicApi = false) => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(change(articleWith(parts))), about)
  expect(validateArticleJson(article)).toEqual([])
  if (!beyondPublicApi) expect(publicApiProblems(article)).toEqual([])
  return article
}
const paragraph = (text: string) => ({ type: 'paragraph', text })
const name = (surname: string, given: string) =>
  `<name><surname>${surname}</surname><given-names>${given}</given-names></name>`
const withAuthors = (group: string) => (xml: string) =>
  xml.replace(/<contrib-group>[^]*?<\/contrib-group>\n(?=<pub-date)/, () => `<contrib-group>${group}</contrib-group>`)

describe('authors', () => {
  const group = `
    <contrib contrib-type="author" corresp="yes" equal-contrib="yes">${name('Bee', 'A')}<xref ref-type="aff" rid="aff1"/><xref ref-type="corresp" rid="cor1"/>
      <xref ref-type="fn" rid="con1"/><xref ref-type="fn" rid="conf1"/><xref ref-type="fn" rid="pa1"/><xref ref-type="fn" rid="equal-contrib1"/></contrib>
    <contrib contrib-type="author" deceased="yes">${name('Cee', 'B')}<role>Editor</role><xref ref-type="aff" rid="aff1"/><xref ref-type="fn" rid="conf2"/></contrib>
    <contrib contrib-type="author" id="g"><contrib-id contrib-id-type="group-author-key">k1</contrib-id><collab>Group</collab></contrib>
    <contrib contrib-type="author">${name('Dee', 'C')}<aff><institution>I</institution></aff></contrib>
    <aff id="aff1"><label>1</label><institution content-type="dept">D</institution>, <institution>U</institution>, <addr-line><named-content content-type="city">C</named-content></addr-line>, <country>N</country></aff>
    </contrib-group><contrib-group>
    <contrib contrib-type="author non-byline"><contrib-id contrib-id-type="group-author-key">k1</contrib-id>${name('M', 'One')}</contrib>
    <contrib contrib-type="author non-byline"><contrib-id contrib-id-type="group-author-key">k1</contrib-id>${name('N', 'Two')}</contrib>
    </contrib-group><author-notes><corresp id="cor1"><label>*</label>For correspondence: <email>a@b.org</email> (AB)</corresp>
    <fn fn-type="present-address" id="pa1"><p>There</p></fn><fn fn-type="con" id="equal-contrib1"><p>Equal.</p></fn></author-notes><contrib-group>`
  const back = `<fn-group content-type="competing-interest"><fn fn-type="conflict" id="conf1"><p>AB: <italic>eLife</italic>.</p></fn>
    <fn fn-type="conflict" id="conf2"><p>The other authors declare that no competing interests exist.</p></fn></fn-group>
    <fn-group content-type="author-contribution"><fn fn-type="con" id="con1"><p>AB, All</p></fn></fn-group>`
  const article = convert({ back }, withAuthors(group))

  test('have what the article says of them elsewhere', () => {
    const affiliations = [
      { name: ['D', 'U'], address: { formatted: ['C', 'N'], components: { locality: ['C'], country: 'N' } } },
    ]
    expect(article.authors).toEqual([
      {
        type: 'person',
        name: { preferred: 'A Bee', index: 'Bee, A' },
        affiliations,
        emailAddresses: ['a@b.org'],
        contribution: 'AB, All',
        competingInterests: 'AB: <i>eLife</i>.',
        equalContributionGroups: [1],
        additionalInformation: ['Present address: There'],
      },
      {
        type: 'person',
        name: { preferred: 'B Cee', index: 'Cee, B' },
        role: 'Editor',
        deceased: true,
        affiliations,
        competingInterests: 'The other authors declare that no competing interests exist.',
      },
      {
        type: 'group',
        name: 'Group',
        people: [
          { type: 'person', name: { preferred: 'One M', index: 'M, One' } },
          { type: 'person', name: { preferred: 'Two N', index: 'N, Two' } },
        ],
      },
      { type: 'person', name: { preferred: 'C Dee', index: 'Dee, C' }, affiliations: [{ name: ['I'] }] },
    ])
  })

  test('make a line: up to three names, or the first two and the last', () => {
    expect(article.authorLine).toBe('A Bee, B Cee ... C Dee')
    const one = `<contrib contrib-type="author">${name('Bee', 'A')}</contrib>`
    expect(convert({}, withAuthors(one + one.replace('Bee', 'Cee') + one.replace('Bee', 'Dee'))).authorLine).toBe(
      'A Bee, A Cee, A Dee',
    )
  })

  test('none means no line', () => {
    const bare = convert({}, withAuthors(''))
    expect(bare).not.toHaveProperty('authors')
    expect(bare).not.toHaveProperty('authorLine')
  })
})

test('editors and reviewers of article and decision letter, each once', () => {
  const editor = `<contrib contrib-type="editor">${name('Bee', 'A')}<role>Reviewing editor</role></contrib>`
  const front = `<contrib-group content-type="section">${editor}</contrib-group>`
  const reviewer = `<contrib contrib-type="reviewer">${name('Cee', 'B')}</contrib>`
  const stub = `<front-stub><title-group><article-title>Decision letter</article-title></title-group><contrib-group>${editor}${reviewer}</contrib-group></front-stub>`
  const letters = `<sub-article article-type="decision-letter" id="SA1">${stub}<body><p>L</p></body></sub-article>`
  expect(convert({ front, letters }, undefined, true).reviewers).toMatchObject([
    { name: { preferred: 'A Bee' }, role: 'Reviewing Editor' },
    { name: { preferred: 'B Cee' }, role: 'Reviewer' },
  ])
  const senior = editor.replace('"editor"', '"senior_editor"').replace('Reviewing editor', 'Senior editor')
  const both = `<contrib-group content-type="section">${editor}${senior}</contrib-group>`
  expect(convert({ front: both }).reviewers).toMatchObject([{ role: 'Senior and Reviewing Editor' }])
})

describe('letters', () => {
  const letter = (type: string, title: string, body: string, id = 'SA') =>
    `<sub-article article-type="${type}" id="${id}"><front-stub><article-id pub-id-type="doi">10.5555/continuum.00007.${id}</article-id><title-group><article-title>${title}</article-title></title-group></front-stub><body>${body}</body></sub-article>`
  const reply = letter('reply', 'Author response', '<p>R</p>', 'SA2')

  test('a decision letter with its introduction, and the response', () => {
    const decision = letter(
      'article-commentary',
      'Decision letter',
      '<boxed-text><p>Intro</p></boxed-text><p>L</p>',
      'SA1',
    )
    expect(convert({ letters: decision + reply })).toMatchObject({
      decisionLetter: {
        id: 'SA1',
        doi: '10.5555/continuum.00007.SA1',
        description: [paragraph('Intro')],
        content: [paragraph('L')],
      },
      authorResponse: { id: 'SA2', content: [paragraph('R')] },
    })
  })

  test('evaluation, assessment and public reviews', () => {
    const review = letter('referee-report', 'Reviewer #1', '<p>P</p>', 'SA1')
    const article = convert({
      letters: letter('editor-report', "Editor's evaluation", '<p>E</p>', 'SA0') + review + reply,
    })
    expect(article).toMatchObject({
      editorEvaluation: { content: [paragraph('E')] },
      publicReviews: [{ title: 'Reviewer #1', content: [paragraph('P')] }],
    })
    expect(convert({ letters: letter('editor-report', 'eLife assessment', '<p>E</p>') })).toMatchObject({
      elifeAssessment: { title: 'eLife assessment', content: [paragraph('E')] },
    })
  })

  test('a response to nothing is left out', () => {
    expect(convert({ letters: reply })).not.toHaveProperty('authorResponse')
  })
})

test('acknowledgements, appendices and ethics', () => {
  const back = `<ack><title>Acknowledgements</title><p>Thanks.</p></ack>
    <fn-group content-type="ethics-information"><fn fn-type="other"><p>Animals: none.</p></fn></fn-group>
    <app-group><app id="app1"><title>Appendix 1</title><sec><title>S</title><p>A</p></sec></app><app id="app2"><title>Empty</title></app></app-group>`
  expect(convert({ back })).toMatchObject({
    acknowledgements: [paragraph('Thanks.')],
    ethics: [paragraph('Animals: none.')],
    appendices: [
      { id: 'app1', title: 'Appendix 1', content: [{ type: 'section', title: 'S', content: [paragraph('A')] }] },
    ],
  })
})

test('funding with awards, funders and recipients', () => {
  const award = `<award-group id="par-1"><funding-source><institution-wrap><institution-id institution-id-type="FundRef">http://dx.doi.org/10.13039/100000002</institution-id><institution>NIH</institution></institution-wrap></funding-source><award-id>A1</award-id><principal-award-recipient>${name('Bee', 'A')}</principal-award-recipient></award-group>`
  const front = `<funding-group>${award}<award-group><funding-source>Trust</funding-source><principal-award-recipient>The Group</principal-award-recipient></award-group></funding-group>`
  expect(convert({ front }, undefined, true).funding).toEqual({
    awards: [
      {
        id: 'par-1',
        source: { funderId: '10.13039/100000002', name: ['NIH'] },
        awardId: 'A1',
        recipients: [{ type: 'person', name: { preferred: 'A Bee', index: 'Bee, A' } }],
      },
      { id: 'par-2', source: { name: ['Trust'] }, recipients: [{ type: 'group', name: 'The Group' }] },
    ],
  })
})

test('data sets, made and used', () => {
  const object = (kind: string, id: string) =>
    `<p><related-object content-type="${kind}" id="${id}">${name('Bee', 'A')}, <year>2012</year><source>Data</source>, <object-id pub-id-type="art-access-id">4B8V</object-id>; <ext-link xlink:href="http://a.org/">a</ext-link>, <comment>Open.</comment></related-object></p>`
  const back = `<sec sec-type="data-availability"><title>Data availability</title><p>All here.</p><p>The following dataset was generated:</p>${object('generated-dataset', 'd1')}${object('existing-dataset', 'd2')}</sec>`
  const set = {
    date: '2012',
    authors: [{ type: 'person', name: { preferred: 'Bee A', index: 'Bee, A' } }],
    title: 'Data',
    dataId: '4B8V',
    details: 'Open.',
    uri: 'http://a.org/',
  }
  expect(convert({ back }).dataSets).toEqual({
    availability: [paragraph('All here.')],
    generated: [{ id: 'd1', ...set }],
    used: [{ id: 'd2', ...set }],
    introductions: { generated: 'The following dataset was generated:' },
  })
})

test('a data set is what the sentence before it says, whatever the typesetter left in its attribute', () => {
  const object = (id: string) =>
    `<p><related-object content-type="generated-dataset" id="${id}">${name('Bee', 'A')}, <year>2012</year><source>Data</source></related-object></p>`
  const back = `<sec sec-type="datasets"><title>Major datasets</title><p>The following datasets were generated:</p>${object('d1')}<p>The following previously published dataset was used:</p>${object('d2')}</sec>`
  const { generated = [], used = [] } = convert({ back }).dataSets ?? {}
  expect([generated.map(({ id }) => id), used.map(({ id }) => id)]).toEqual([['d1'], ['d2']])
})

test('additional files, those of a figure not among them', () => {
  const back = `<sec sec-type="supplementary-material"><supplementary-material id="SD1-data"><label>Supplementary file 1.</label><caption><title>T.</title></caption><media mimetype="application" mime-subtype="pdf" xlink:href="continuum-00007-supp1-v1.pdf"/></supplementary-material>
    <supplementary-material><ext-link xlink:href="continuum-00007-supp-v1.zip">Download zip</ext-link><p>All in one.</p></supplementary-material></sec>`
  expect(convert({ back }).additionalFiles).toEqual([
    {
      id: 'SD1-data',
      label: 'Supplementary file 1',
      title: 'T.',
      mediaType: 'application/pdf',
      uri: 'https://cdn.example.org/00007/continuum-00007-supp1-v1.pdf',
      filename: 'continuum-00007-supp1-v1.pdf',
    },
    {
      id: 'SD2-data',
      label: 'All additional files',
      caption: [
        paragraph('All in one.'),
        paragraph('<a href="https://cdn.example.org/00007/continuum-00007-supp-v1.zip">Download zip</a>'),
      ],
      mediaType: 'application/zip',
      uri: 'https://cdn.example.org/00007/continuum-00007-supp-v1.zip',
      filename: 'continuum-00007-supp-v1.zip',
    },
  ])
})

test('abstract and digest, in sections where they have them', () => {
  const digest = '<abstract abstract-type="executive-summary"><title>Digest</title><p>Simply.</p></abstract>'
  const inSections = (xml: string) =>
    xml.replace('<abstract><p>We show A.</p>', '<abstract><sec><title>Methods</title><p>M.</p></sec><p>We show A.</p>')
  expect(convert({}, inSections)).toMatchObject({
    abstract: { content: [{ type: 'section', title: 'Methods', content: [paragraph('M.')] }, paragraph('We show A.')] },
    digest: { content: [paragraph('Simply.')] },
  })
  expect(convert({}, (xml) => xml.replace(digest, ''))).not.toHaveProperty('digest')
})
