import { describe, expect, test } from 'vitest'
import { publishedFiles } from './article/file-addresses.ts'
import { articlePage } from './pages/article-page.ts'
import { journal, sampleArticle } from './editions/samples.fixture.ts'
import type { Article } from './article/article.ts'
import { pageFaults, readPage } from './article/page.fixture.ts'

/** The front and back matter of an article on its page. */

function pageOf(more: Partial<Article>) {
  const html = articlePage(
    {
      siteName: 'The Journal',
      siteUrl: 'https://journal.example.org',
      stylesheet: '/style.css',
      script: '/site.js',
      journals: [],
      publisher: 'A Publisher',
    },
    {
      article: sampleArticle(more),
      journal,
      dates: undefined,
      publicationDate: undefined,
      versions: [],
      history: undefined,
      related: [],
      files: publishedFiles('https://cdn.example'),
      previewUntil: undefined,
    },
  )
  expect(pageFaults(html)).toEqual([])
  return { ...readPage(html), html }
}
const paragraph = (text: string) => ({ type: 'paragraph', text })
const person = (preferred: string, more = {}) => ({ type: 'person', name: { preferred, index: preferred }, ...more })

test('subtitle and translated titles stand below the title, in their languages', () => {
  const page = pageOf({
    subtitle: 'A <i>story</i>',
    language: 'en',
    translatedTitles: [{ lang: 'es', title: 'Una buena vida', subtitle: 'Un cuento' }],
  })
  expect(page.text('p')).toEqual(expect.arrayContaining(['A story', 'Una buena vida: Un cuento']))
  expect(page.attribute('p', 'lang')).toEqual(['es'])
  expect(page.attribute('article', 'lang')).toEqual(['en'])
})

test('a language that is none is not written', () => {
  const page = pageOf({ translatedTitles: [{ lang: '" onclick="x', title: 'T' }] })
  expect(page.attribute('p', 'lang')).toEqual([])
})

test('each abstract has its heading and language, and the contents list leads to it', () => {
  const page = pageOf({
    abstract: { title: 'Summary', content: [paragraph('S.')] },
    abstracts: [
      { type: 'graphical', content: [paragraph('G.')] },
      { type: 'translation', lang: 'es', title: 'Resumen', content: [paragraph('R.')] },
      { type: 'translation', lang: 'pt', content: [paragraph('P.')] },
    ],
  })
  expect(page.headings.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Summary', 'Graphical abstract', 'Resumen', 'Abstract (Portuguese)']),
  )
  expect(page.attribute('a', 'href')).toEqual(expect.arrayContaining(['#abstract-2', '#abstract-3', '#abstract-4']))
})

test('everything that is told of people is there', () => {
  const page = pageOf({
    authors: [
      person('Ada A', {
        degrees: ['PhD'],
        otherNames: ['A. Ä.'],
        emailAddresses: ['a@b.org', 'c@d.org'],
        equalContributionGroups: [1],
        additionalInformation: ['Now elsewhere'],
        biography: [paragraph('Ada counts.')],
      }),
      person('Ben B', { equalContributionGroups: [1], deceased: true }),
      {
        type: 'group',
        name: 'The Group',
        people: [person('One', { affiliations: [{ name: ['There'] }] }), person('Two')],
      },
    ],
    affiliations: [{ name: ['An institute of nobody'] }],
    contributors: [person('Tom T', { role: 'Translator', emailAddresses: ['t@b.org'] })],
  })
  for (const words of [
    'Ada A</a> (A. Ä.), PhD',
    'a@b.org',
    'c@d.org',
    'Contributed equally with: Ben B',
    'Deceased',
    'Now elsewhere',
    'Ada counts.',
    'One, There',
    'An institute of nobody',
    'Tom T, Translator',
    't@b.org',
  ])
    expect(page.html).toContain(words)
})

test('keywords, subjects and titles of all kinds are facts about the article', () => {
  const page = pageOf({
    keywords: ['bees'],
    keywordsTitle: 'Index terms:',
    keywordGroups: [{ lang: 'es', title: 'Palabras clave', keywords: ['abejas'] }],
    subjectGroups: [{ type: 'Discipline', subjects: ['Biology'], groups: [{ subjects: ['Bees'] }] }],
    alternativeTitles: [{ type: 'running-head', title: 'Short' }],
    publicationEvents: [
      { type: 'preprint', description: 'Posted', date: '2015-01-02', uri: 'https://doi.org/10.1101/1' },
    ],
  })
  expect(page.text('dt')).toEqual(
    expect.arrayContaining(['Index terms', 'Palabras clave', 'Discipline', 'Running head', 'Publication history']),
  )
  expect(page.text('dd')).toContain('Preprint, 2 January 2015 Posted https://doi.org/10.1101/1')
  expect(page.attribute('span', 'lang')).toEqual(['es'])
})

test('sections of the back matter and notes have headings and ids', () => {
  const page = pageOf({
    backSections: [{ id: 'g', title: 'Glossary', content: [paragraph('T: D')] }, { content: [paragraph('Loose.')] }],
    notes: [{ kind: 'notes', title: 'Endnotes', notes: [{ id: 'n1', label: '1', text: [paragraph('A note.')] }] }],
    body: [
      {
        type: 'section',
        id: 'tr1',
        title: 'R',
        content: [paragraph('Words<a href="#n1">1</a>, <a href="#g">there</a>.')],
      },
    ],
  })
  expect(page.headings.map(({ text }) => text)).toEqual(expect.arrayContaining(['Glossary', 'Endnotes']))
  expect(page.text('p')).toContain('Loose.')
  expect(page.attribute('a', 'href')).toContain('#back-n1')
})

test('references stand as they are written, under their printed numbers, in their lists', () => {
  const page = pageOf({
    references: [
      { type: 'unknown', id: 'b1', label: '7', title: 'T', text: 'Bee A. <i>T</i>.', doi: '10.1/x' },
      { type: 'unknown', id: 'b2', title: 'U', remainder: ['Epub ahead of print'] },
    ],
    referenceLists: [{ id: 'l1', title: 'Printed', content: [paragraph('By year.')], references: ['b1'] }],
  })
  expect(page.text('li')).toEqual(
    expect.arrayContaining(['7 Bee A. T. https://doi.org/10.1/x', 'U Epub ahead of print.']),
  )
  expect(page.headings).toContainEqual({ level: 3, text: 'Printed' })
})

describe('articles in the article', () => {
  const translation = {
    type: 'translation',
    id: 'tr1',
    lang: 'es',
    title: 'Una buena vida',
    authors: [person('Ada A')],
    abstract: { title: 'Resumen', content: [paragraph('R.')] },
    keywords: ['abejas'],
    content: [{ type: 'section', id: 'tr1-1', title: 'Introducción', content: [paragraph('Texto.')] }],
    acknowledgements: [paragraph('Gracias.')],
    notes: [{ kind: 'notes', notes: [{ id: 'es-n1', text: [paragraph('Nota.')] }] }],
    references: [{ type: 'unknown', id: 'es-b1', text: 'Abeja A. Obra.' }],
    subArticles: [{ type: 'reviewer-report', id: 's2', title: 'Report', content: [paragraph('Good.')] }],
  }

  test('are whole, in their language, with headings below theirs', () => {
    const page = pageOf({ subArticles: [translation] })
    expect(page.attribute('div', 'lang')).toEqual(['es'])
    for (const words of ['R.', 'Texto.', 'Gracias.', 'Nota.', 'Abeja A. Obra.', 'Good.'])
      expect(page.text('p')).toContain(words)
    expect(page.headings).toEqual(
      expect.arrayContaining([
        { level: 2, text: 'Una buena vida' },
        { level: 3, text: 'Introducción' },
        { level: 3, text: 'Report' },
      ]),
    )
    expect(page.attribute('section', 'id')).toEqual(expect.arrayContaining(['tr1', 'tr1-1', 's2']))
  })

  test('a letter has its people and references around its text', () => {
    const page = pageOf({
      authorResponse: {
        title: 'Our reply',
        authors: [person('Ada A')],
        content: [paragraph('Thanks.')],
        references: [{ type: 'unknown', id: 'r1', text: 'Bee A. T.' }],
      },
    })
    expect(page.headings).toEqual(
      expect.arrayContaining([
        { level: 2, text: 'Our reply' },
        { level: 3, text: 'References' },
      ]),
    )
    expect(page.text('p')).toEqual(expect.arrayContaining(['Thanks.', 'Bee A. T.']))
  })
})
