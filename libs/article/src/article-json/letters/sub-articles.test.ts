import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../../jats/reading/parse.ts'
import { articleWith } from '../../testing/article-with.ts'
import { continuum } from '../../testing/journals.ts'
import { validateArticleJson } from '../../schema/validate.ts'
import { apiSchema } from '../../testing/public-api.ts'
import { toArticleJson } from '../to-article-json.ts'

const publicApiProblems = apiSchema('article-vor.v8')

/** Checks what it makes by our schema, and by the public API's unless it is known to go beyond that. */
const convert = (letters: string, beyondPublicApi = false) => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(articleWith({ letters })), about)
  expect(validateArticleJson(article)).toEqual([])
  if (!beyondPublicApi) expect(publicApiProblems(article)).toEqual([])
  return article
}
const paragraph = (text: string) => ({ type: 'paragraph', text })
const title = (text: string) => `<title-group><article-title>${text}</article-title></title-group>`
const person = (type: string) =>
  `<contrib contrib-type="${type}"><name><surname>Bee</surname><given-names>A</given-names></name></contrib>`

test('a translation is whole: titles, people, abstract, keywords, text, references, notes', () => {
  const stub = `${title('Sobre A')}<contrib-group>${person('author')}${person('translator')}</contrib-group><abstract><title>Resumen</title><p>R.</p></abstract><kwd-group xml:lang="es"><title>Palabras clave</title><kwd>abejas</kwd></kwd-group>`
  const back = `<back><ack><p>Gracias.</p></ack><fn-group><fn id="n1"><label>1</label><p>Nota.</p></fn></fn-group><ref-list><ref><mixed-citation>Abeja A. Obra.</mixed-citation></ref></ref-list></back>`
  const translation = `<sub-article article-type="translation" id="s1" xml:lang="es"><front-stub>${stub}</front-stub><body><sec><title>Introducción</title><p>Texto.</p></sec></body>${back}</sub-article>`
  expect(convert(translation).subArticles).toMatchObject([
    {
      type: 'translation',
      id: 's1',
      lang: 'es',
      title: 'Sobre A',
      authors: [{ name: { preferred: 'A Bee' } }],
      contributors: [{ role: 'Translator' }],
      abstract: { title: 'Resumen', content: [paragraph('R.')] },
      keywords: ['abejas'],
      keywordsTitle: 'Palabras clave',
      content: [{ type: 'section', title: 'Introducción', content: [paragraph('Texto.')] }],
      acknowledgements: [paragraph('Gracias.')],
      notes: [{ kind: 'notes', notes: [{ id: 'n1', label: '1', text: [paragraph('Nota.')] }] }],
      references: [{ id: 's1-bib1', text: 'Abeja A. Obra.' }],
    },
  ])
})

test('a response, and a sub-article of a kind that nobody knows, are shown as what they say they are', () => {
  const response = `<response response-type="reply" id="r1"><front-stub>${title('Reply')}</front-stub><body><p>No.</p></body></response>`
  const other = `<sub-article article-type="oration"><front-stub>${title('Speech')}</front-stub><body><p>Yes.</p></body></sub-article>`
  expect(convert(response + other).subArticles).toEqual([
    { type: 'reply', id: 'r1', title: 'Reply', content: [paragraph('No.')] },
    { type: 'oration', id: 'sub-article-2', title: 'Speech', content: [paragraph('Yes.')] },
  ])
})

test('reports in a translation are in it, with their reviewers', () => {
  const report = `<sub-article article-type="reviewer-report" id="s2"><front-stub>${title('Report')}<contrib-group>${person('reviewer')}</contrib-group></front-stub><body><p>Good.</p></body></sub-article>`
  const translation = `<sub-article article-type="translation" id="s1"><front-stub>${title('T')}</front-stub><body><p>T.</p></body>${report}</sub-article>`
  expect(convert(translation).subArticles).toMatchObject([
    { id: 's1', subArticles: [{ id: 's2', content: [paragraph('Good.')], contributors: [{ role: 'Reviewer' }] }] },
  ])
})

describe('letters of the public API', () => {
  const letter = (type: string, inner: string, back = '') =>
    `<sub-article article-type="${type}" id="${type}"><front-stub>${inner}</front-stub><body><p>L.</p></body>${back}</sub-article>`

  test('keep their references, people and a heading of their own', () => {
    const back = '<back><ref-list><ref id="lb1"><mixed-citation>Bee A. A work.</mixed-citation></ref></ref-list></back>'
    const decision = letter('decision-letter', title('Decision letter'))
    const reply = letter('reply', `${title('Our reply')}<contrib-group>${person('author')}</contrib-group>`, back)
    const article = convert(decision + reply, true)
    expect(article.decisionLetter).not.toHaveProperty('title')
    expect(article.authorResponse).toMatchObject({
      title: 'Our reply',
      authors: [{ name: { preferred: 'A Bee' } }],
      references: [{ id: 'lb1', text: 'Bee A. A work.' }],
    })
  })

  test('that have no place there, such as a second one, are sub-articles', () => {
    const two =
      letter('decision-letter', title('First')) +
      letter('decision-letter', title('Second')).replace('id="decision-letter"', 'id="d2"')
    expect(convert(two, true)).toMatchObject({
      decisionLetter: { title: 'First' },
      subArticles: [{ id: 'd2', title: 'Second' }],
    })
  })

  test('a reply to nothing is a sub-article', () => {
    expect(convert(letter('reply', title('Reply'))).subArticles).toMatchObject([
      { type: 'reply', content: [paragraph('L.')] },
    ])
  })
})

test('a reviewed preprint: the DOI of the version, the terms of the assessment, recommendations for the authors', () => {
  const terms = (type: string, ...words: readonly string[]) =>
    `<kwd-group kwd-group-type="${type}">${words.map((word) => `<kwd>${word}</kwd>`).join('')}</kwd-group>`
  const part = (type: string, heading: string, more = '') =>
    `<sub-article article-type="${type}" id="${type}-${heading.length}"><front-stub>${title(heading)}${more}</front-stub><body><p>T.</p></body></sub-article>`
  const assessed = terms('evidence-strength', 'Solid', 'Odd') + terms('claim-importance', 'Valuable')
  const letters = [
    part('editor-report', 'eLife assessment', assessed),
    part('referee-report', 'Public Review'),
    part('referee-report', 'Recommendations for the authors'),
  ].join('')
  const article = convert(letters, true)
  expect(article.elifeAssessment).toMatchObject({ significance: ['valuable'], strength: ['solid'] })
  expect(article.publicReviews).toMatchObject([{ title: 'Public Review' }])
  expect(article.recommendationsForAuthors).toMatchObject({ content: [paragraph('T.')] })
  const doi = '<article-id pub-id-type="doi" specific-use="version">10.5555/continuum.00007.3</article-id>'
  const xml = articleWith({ letters }).replace('</article-id>', `</article-id>${doi}`)
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  expect(toArticleJson(parseArticleXml(xml), about).article).toMatchObject({
    doi: '10.5555/continuum.00007',
    doiVersion: '10.5555/continuum.00007.3',
  })
})
