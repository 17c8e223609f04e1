import { expect, test } from 'vitest'
import { compareArticles } from './article-changes.ts'
import { compareFiles } from './file-changes.ts'

const paragraph = (text: string) => ({ type: 'paragraph', text })
const section = (id: string, title: string, ...content: object[]) => ({ type: 'section', id, title, content })
const figure = (id: string, file: string) => ({
  type: 'figure',
  assets: [
    {
      type: 'image',
      id,
      label: `Figure ${id}`,
      image: {
        uri: `http://cdn/00353/${file}`,
        alt: '',
        source: { mediaType: 'image/jpeg', uri: 'x', filename: file },
      },
    },
  ],
})
const article = {
  id: '00353',
  version: 1,
  stage: 'published',
  status: 'vor',
  versionDate: '2026-01-01T00:00:00Z',
  title: 'A <i>good</i> life',
  authors: [{ type: 'person', name: { preferred: 'Ada Lovelace', index: 'Lovelace, Ada' } }],
  pdf: 'http://cdn/00353/elife-00353-v1.pdf',
  abstract: { content: [paragraph('Bees sleep at night.')] },
  body: [
    section('s1', 'Introduction', paragraph('Bees are busy.'), paragraph('They fly far, and back again.')),
    section('s2', 'Results', figure('1', 'elife-00353-fig1-v1.jpg'), section('s2-1', 'Sleep', paragraph('None.'))),
  ],
}

test('an article differs in nothing from itself', () => {
  const { sections, sameSections, fields, figures } = compareArticles(article, article)
  expect({ sections, sameSections, fields }).toEqual({ sections: [], sameSections: 5, fields: [] })
  expect(figures).toMatchObject([{ key: '1', was: { file: 'elife-00353-fig1-v1.jpg' } }])
})

test('what the store adds, and the version in addresses of files, is no difference', () => {
  const next = {
    ...article,
    version: 2,
    stage: 'preview',
    versionDate: '2027',
    pdf: 'http://cdn/00353/elife-00353-v2.pdf',
  }
  expect(compareArticles(article, next)).toMatchObject({ sections: [], fields: [] })
})

test('a changed sentence is told by words, in its section', () => {
  const [introduction, results] = article.body
  const next = {
    ...article,
    body: [
      { ...introduction, content: [paragraph('Bees are busy.'), paragraph('They fly very far, and home again.')] },
      results,
    ],
  }
  const { sections } = compareArticles(article, next)
  expect(sections).toMatchObject([{ heading: 'Introduction', is: 'changed' }])
  const [change = []] = sections[0]?.paragraphs ?? []
  expect(change.filter(({ is }) => is !== 'same').map(({ is, text }) => `${is} ${text.trim()}`)).toEqual([
    'added very',
    'removed back',
    'added home',
  ])
  expect(
    change
      .filter(({ is }) => is !== 'removed')
      .map(({ text }) => text)
      .join(''),
  ).toBe('They fly very far, and home again.')
})

test('sections that came and went are told as such, and a renamed one is the same by its id', () => {
  const [introduction, results] = article.body
  const next = {
    ...article,
    body: [{ ...introduction, title: 'Background' }, section('s9', 'Methods', paragraph('We looked.'))],
  }
  const told = compareArticles({ ...article, body: [introduction, results] }, next).sections
  expect(told.map(({ heading, is }) => [heading, is])).toEqual([
    ['Background', 'changed'],
    ['Results', 'removed'],
    ['Results › Sleep', 'removed'],
    ['Methods', 'added'],
  ])
})

test('a paragraph that was inserted before a changed one does not hide that change', () => {
  const before = { body: [section('s1', 'A', paragraph('One two three four.'), paragraph('Five six seven eight.'))] }
  const after = {
    body: [
      section(
        's1',
        'A',
        paragraph('Quite new words here.'),
        paragraph('One two three FOUR.'),
        paragraph('Five six seven eight.'),
      ),
    ],
  }
  const [section1] = compareArticles(before, after).sections
  expect(section1?.paragraphs.map((pieces) => pieces.map(({ is }) => is).join(' '))).toEqual([
    'added',
    'same removed added same',
  ])
})

test('a change of markup alone is told', () => {
  const next = { ...article, title: 'A good life' }
  expect(compareArticles(article, next).sections).toEqual([{ heading: 'Title', is: 'markup', paragraphs: [] }])
})

test('metadata is compared by field and word', () => {
  const next = { ...article, volume: 7, authors: [{ type: 'person', name: { preferred: 'Ada King' } }] }
  expect(compareArticles(article, next).fields).toEqual([
    {
      name: 'Author 1',
      pieces: [
        { is: 'same', text: 'Ada ' },
        { is: 'removed', text: 'Lovelace' },
        { is: 'added', text: 'King' },
      ],
    },
    { name: 'Volume', pieces: [{ is: 'added', text: '7' }] },
  ])
})

test('two texts that have nothing in common are shown one after the other, in time', () => {
  const words = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join(' ')
  const [one, other] = [words('a'), words('b')]
  const { sections } = compareArticles({ title: one }, { title: other })
  expect(sections[0]?.paragraphs.flat().map(({ is, text }) => [is, text.length])).toEqual([
    ['removed', one.length],
    ['added', other.length],
  ])
})

test('files are compared by checksum, whatever version their names have', () => {
  const file = (name: string, bytes: number, sha256?: string) => ({
    name,
    bytes,
    ...(sha256 !== undefined && { sha256 }),
  })
  expect(
    compareFiles(
      [file('e-v1.xml', 5, 'a'), file('e-fig1-v1.tif', 5, 'b'), file('e-v1.pdf', 7), file('e-old-v1.csv', 1)],
      [file('e-v2.xml', 5, 'c'), file('e-fig1-v2.tif', 5, 'b'), file('e-v2.pdf', 7), file('e-new-v2.csv', 1)],
    ).map(({ name, is }) => [name, is]),
  ).toEqual([
    ['e.xml', 'changed'],
    ['e-new.csv', 'added'],
    ['e-old.csv', 'removed'],
  ])
})
