import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../../jats/reading/parse.ts'
import { articleWith } from '../../testing/article-with.ts'
import { continuum } from '../../testing/journals.ts'
import { apiSchema } from '../../testing/public-api.ts'
import { toArticleJson } from '../to-article-json.ts'

const problems = apiSchema('article-vor.v8')
const convert = (back: string, front = '') => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(articleWith({ back, front })), about)
  expect(problems(article)).toEqual([])
  return article
}
const paragraph = (text: string) => ({ type: 'paragraph', text })

test('sections, glossaries, notes and biographies of the back matter keep their headings and order', () => {
  const back = `<sec id="s9"><title>Abbreviations</title><p>A: B.</p></sec>
    <glossary><title>Glossary</title><def-list><def-item><term>T</term><def><p>D</p></def></def-item></def-list></glossary>
    <notes><title>Note added in proof</title><p>N.</p></notes><bio id="b1"><title>About Ada</title><p>B.</p></bio>`
  expect(convert(back).backSections).toMatchObject([
    { id: 's9', title: 'Abbreviations', content: [paragraph('A: B.')] },
    { title: 'Glossary', content: [{ type: 'list' }] },
    { title: 'Note added in proof', content: [paragraph('N.')] },
    { id: 'b1', title: 'About Ada', content: [paragraph('B.')] },
  ])
})

test('notes of the front matter are kept too', () => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const xml = articleWith({}).replace('</front>', '<notes><p>First.</p></notes></front>')
  expect(toArticleJson(parseArticleXml(xml), about).article.backSections).toMatchObject([
    { content: [paragraph('First.')] },
  ])
})

test('groups of notes keep their title, and notes their id and label; what an author points to is not said again', () => {
  const back = `<fn-group><title>Notes</title><fn id="n1"><label>1</label><p>One.</p><p>More.</p></fn><fn fn-type="con"><p>All.</p></fn></fn-group>`
  expect(convert(back).notes).toEqual([
    {
      kind: 'notes',
      title: 'Notes',
      notes: [{ id: 'n1', label: '1', text: [paragraph('One.'), paragraph('More.')] }, { text: [paragraph('All.')] }],
    },
  ])
})

test('acknowledgements with a heading of their own are a section among them', () => {
  const back = '<ack><title>Acknowledgments</title><p>Thanks.</p></ack><ack><title>Dedication</title><p>To A.</p></ack>'
  expect(convert(back).acknowledgements).toEqual([
    paragraph('Thanks.'),
    { type: 'section', title: 'Dedication', content: [paragraph('To A.')] },
  ])
})

describe('an appendix', () => {
  test('has the DOI of the one frame in it, wherever that stands', () => {
    const box =
      '<boxed-text><object-id pub-id-type="doi">10.5555/continuum.00007.012</object-id><p>Words.</p></boxed-text>'
    const app = `<app-group><app id="app1"><title>Appendix 1</title><sec id="s7"><title>Data</title>${box}</sec></app></app-group>`
    expect(convert(app).appendices).toMatchObject([{ doi: '10.5555/continuum.00007.012' }])
    expect(convert(app.replace(box, box + box)).appendices?.[0]).not.toHaveProperty('doi')
  })

  test('in a box keeps its headings with their ids, and its DOI', () => {
    const box = `<boxed-text><object-id pub-id-type="doi">10.5555/continuum.00007.009</object-id><sec id="s25"><title>One</title><p>Words.</p><sec id="s26"><title>Two</title><p>See <xref ref-type="sec" rid="s25">above</xref>.</p></sec></sec></boxed-text>`
    expect(convert(`<app-group><app id="app1"><title>Appendix 1</title>${box}</app></app-group>`).appendices).toEqual([
      {
        id: 'app1',
        doi: '10.5555/continuum.00007.009',
        title: 'Appendix 1',
        content: [
          {
            type: 'section',
            id: 's25',
            title: 'One',
            content: [
              paragraph('Words.'),
              { type: 'section', id: 's26', title: 'Two', content: [paragraph('See <a href="#s25">above</a>.')] },
            ],
          },
        ],
      },
    ])
  })

  test('has its label before its title', () => {
    const app = '<app-group><app id="a"><label>Appendix A</label><title>Proofs</title><p>P.</p></app></app-group>'
    expect(convert(app).appendices).toMatchObject([{ title: 'Appendix A Proofs' }])
  })
})

describe('funding', () => {
  test('says all of a source that has words beside its institution, each number and what the award is for', () => {
    const award = `<award-group><funding-source><institution>NIH</institution>, Division of Bees</funding-source><award-id>A1</award-id><award-id>A2</award-id><award-desc>Travel</award-desc></award-group>`
    const front = `<funding-group>${award}<funding-statement>Paid.</funding-statement><open-access><p>Free by B.</p></open-access></funding-group>`
    expect(convert('', front).funding).toEqual({
      awards: [{ id: 'par-1', source: { name: ['NIH, Division of Bees'] }, awardId: 'A1, A2', details: 'Travel' }],
      statement: 'Paid.',
      openAccess: 'Free by B.',
    })
  })
})

describe('data sets', () => {
  const set = (id: string, more = '') =>
    `<p><element-citation publication-type="data" id="${id}"><person-group person-group-type="author"><name><surname>Bee</surname><given-names>A</given-names></name></person-group><year>2012</year><data-title>Hives</data-title><source>GenBank</source>${more}</element-citation></p>`

  test('are used where the sentence before them says so, and keep what the API does not know', () => {
    const back = `<sec sec-type="data-availability"><title>Data availability</title><p>All here.</p><p>The following dataset was generated:</p>${set('d1')}<p>The following previously published dataset was used:</p>${set('d2')}</sec>`
    expect(convert(back).dataSets).toMatchObject({
      availability: [paragraph('All here.')],
      generated: [{ id: 'd1', title: 'Hives', remainder: ['GenBank'] }],
      used: [{ id: 'd2' }],
      introductions: { used: 'The following previously published dataset was used:' },
    })
  })

  test('in another section are listed and not said again there', () => {
    const article = convert(`<sec><title>Major datasets</title>${set('d1')}</sec>`)
    expect(article.dataSets).toMatchObject({ generated: [{ id: 'd1' }] })
    expect(article).not.toHaveProperty('backSections')
  })

  test('that are figures or films are shown where they stand', () => {
    const film = '<media mimetype="video" mime-subtype="mp4" xlink:href="continuum-00007-data1.mp4"/>'
    const back = `<sec sec-type="data-availability"><title>Data</title><p>All here.</p>${film}</sec>`
    const { dataSets, backSections } = convert(back)
    expect(dataSets).toBeUndefined()
    expect(backSections).toMatchObject([{ title: 'Data', content: [paragraph('All here.'), {}] }])
    expect(JSON.stringify(backSections)).toContain('continuum-00007-data1.mp4')
  })

  test('without what the API requires stay in the text', () => {
    const bare =
      '<p><related-object id="d1">Our hives: <ext-link xlink:href="http://a.org/">a.org</ext-link></related-object></p>'
    const { dataSets } = convert(`<sec sec-type="data-availability"><title>Where the data are</title>${bare}</sec>`)
    expect(dataSets?.title).toBe('Where the data are')
    expect(dataSets?.availability).toMatchObject([{ text: expect.stringContaining('Our hives: ') }])
  })

  test('are told by the custom metadata of some journals', () => {
    const front = `<custom-meta-group><custom-meta><meta-name>Data Availability</meta-name><meta-value>On request.</meta-value></custom-meta></custom-meta-group>`
    expect(convert('', front).dataSets).toEqual({ availability: [paragraph('On request.')] })
  })
})
