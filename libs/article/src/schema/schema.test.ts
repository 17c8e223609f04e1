import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { areThere, readSharedJson, whereFrom } from '../testing/real-articles.ts'
import { blockKinds, loosenings, properties } from './changes.ts'
import { deriveSchema } from './derive.ts'
import { publicApiVersionsOf, validateArticleJson, validatePublicArticleJson } from './validate.ts'

const read = (path: string) => readFileSync(new URL(`../../schema/${path}`, import.meta.url), 'utf8')

/** A small article that is valid for the public API. */
const small = {
  status: 'vor',
  id: '00007',
  version: 1,
  type: 'research-article',
  doi: '10.5555/continuum.00007',
  title: 'A title',
  stage: 'published',
  published: '2021-03-04T00:00:00Z',
  volume: 1,
  elocationId: 'e00007',
  copyright: { license: 'CC-BY-4.0', holder: 'Lovelace', statement: 'Free.' },
  body: [{ type: 'section', id: 's1', title: 'One', content: [{ type: 'paragraph', text: 'Text.' }] }],
}
const withContent = (...content: readonly unknown[]) => ({ ...small, body: [{ ...small.body[0], content }] })

test('the schema is the derived one: node libs/article/src/schema/write.ts', () => {
  expect(JSON.parse(read('article.json'))).toEqual(deriveSchema(JSON.parse(read('public-api/article-vor.v8.json'))))
})

test('the README lists every addition and every loosening', () => {
  const listed = read('README.md')
  for (const { allows } of loosenings) expect(listed).toContain(allows)
  for (const { type } of blockKinds) expect(listed).toContain(`\`${type}\``)
  for (const { of, name } of properties) expect(listed).toMatch(new RegExp(`\`${of}\`.*\`${name}\``))
})

describe('an article for the public API', () => {
  test('is valid by ours, and served under their media types', () => {
    expect(validateArticleJson(small)).toEqual([])
    expect(publicApiVersionsOf(small).map(({ mediaType }) => mediaType)).toEqual([
      'application/vnd.elife.article-vor+json; version=7',
      'application/vnd.elife.article-vor+json; version=8',
    ])
  })

  test('only by the newer version where it has what that one allows', () => {
    const award = { id: 'a', source: { name: ['A Society'] } }
    const article = { ...small, funding: { statement: 'Funded.', awards: [award] } }
    expect(publicApiVersionsOf(article).map(({ version }) => version)).toEqual([8])
  })

  test.skipIf(!areThere).for(areThere ? ['elife-00353-v1', 'elife-01328-v1', 'elife-00385-v1'] : [])(
    `%s of ${whereFrom} is valid by ours`,
    (name) => {
      const { article } = Object(readSharedJson(`lax-data/article-json/${name}.xml.json`))
      expect(validateArticleJson(article)).toEqual([])
    },
  )
})

describe('what ours allows beyond it', () => {
  const { doi: _, volume: __, elocationId: ___, copyright: ____, ...bare } = small
  const section = { type: 'section', title: 'No id', content: [{ type: 'paragraph', text: 'Text.' }] }
  const image = {
    uri: 'http://127.0.0.1/a',
    alt: '',
    size: { width: 1, height: 1 },
    source: { mediaType: 'image/jpeg', uri: 'http://127.0.0.1/a.jpg', filename: 'a.jpg' },
  }
  test.each<[string, unknown]>([
    ['no DOI, volume, elocation-id or licence', bare],
    ['another article type', { ...small, type: 'case-report' }],
    ['a volume that is text', { ...small, volume: '12A' }],
    ['another licence', { ...small, copyright: { license: 'CC-BY-NC-4.0', holder: 'Lovelace' } }],
    ['a section without id', { ...small, body: [section] }],
    ['an image without TLS, id or label', withContent({ type: 'figure', assets: [{ type: 'image', image }] })],
    ['a reference without date', { ...small, references: [{ type: 'unknown', id: 'bib1', details: 'A text.' }] }],
    [
      'a formula in a quote',
      withContent({ type: 'quote', text: [{ type: 'mathml', mathml: '<math><mi>x</mi></math>' }] }),
    ],
    [
      'notes',
      { ...small, notes: [{ kind: 'footnotes', notes: [{ id: 'fn1', text: [{ type: 'paragraph', text: 'A.' }] }] }] },
    ],
  ])('%s', (_name, article) => {
    expect(validateArticleJson(article)).toEqual([])
  })

  test('an article with what theirs refuses has none of their media types', () => {
    expect(publicApiVersionsOf(bare)).toEqual([])
    expect(publicApiVersionsOf({ ...small, volume: '12A' })).toEqual([])
  })
})

describe('a journal of the public API', () => {
  const { volume: _, ...withoutVolume } = small
  const image = (uri: string) => ({
    type: 'image',
    id: 'fig1',
    label: 'Figure 1',
    image: { ...pixels, uri, source: { mediaType: 'image/jpeg', uri, filename: 'a.jpg' } },
  })
  const pixels = { alt: '', size: { width: 1, height: 1 } }
  const figure = (uri: string) => withContent({ type: 'figure', assets: [image(uri)] })

  test('takes what both schemas take', () => {
    expect(validatePublicArticleJson(small)).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['no volume', withoutVolume, '/volume'],
    ['an image without TLS', figure('http://cdn.example.org/a.jpg'), '/body/0/content/0/assets/0/image/uri'],
    ['what ours refuses', withContent({ type: 'paragraf' }), '/body/0/content/0/type'],
  ])('refuses %s, and says where', (_name, article, place) => {
    expect(validatePublicArticleJson(article)[0]).toMatchObject({ place })
  })

  test('takes images of this machine, which nobody can listen to', () => {
    const article = figure('http://127.0.0.1:4601/a.jpg')
    expect(validatePublicArticleJson(article)).toEqual([])
    expect(publicApiVersionsOf(article)).toHaveLength(2)
  })
})

describe('a problem says where, what was expected and what was found', () => {
  test.each<[string, unknown, unknown]>([
    [
      'an unknown kind of block',
      withContent({ type: 'paragraf' }),
      { place: '/body/0/content/0/type', found: '"paragraf"' },
    ],
    [
      'a missing text',
      withContent({ type: 'paragraph' }),
      { place: '/body/0/content/0/text', expected: 'a value', found: 'nothing' },
    ],
    ['another type', { ...small, title: 5 }, { place: '/title', expected: 'string', found: '5' }],
    [
      'deep in a list',
      withContent({ type: 'list', prefix: 'bullet', items: [[{ type: 'paragraph', text: 1 }]] }),
      { place: '/body/0/content/0/items/0/0/text', expected: 'string', found: '1' },
    ],
    [
      'a wrong note',
      { ...small, notes: [{ kind: 'other', notes: [{ text: [] }] }] },
      { place: '/notes/0/kind', expected: 'one of footnotes, author-notes, notes', found: '"other"' },
    ],
    ['a title that is not defined', { ...small, title: undefined }, { place: '/title', found: 'nothing' }],
    ['no article', null, { place: '/', expected: 'object', found: 'null' }],
  ])('%s, and nothing else', (_name, article, problem) => {
    expect(validateArticleJson(article)).toEqual([expect.objectContaining(problem)])
  })
})
