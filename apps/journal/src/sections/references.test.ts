import { expect, test } from 'vitest'
import { publishedFiles } from '../article/file-addresses.ts'
import { readPage } from '../article/page.fixture.ts'
import { showBlocks } from '../article/blocks.ts'
import { referenceList } from './references.ts'

const frame = { files: publishedFiles('https://cdn.example'), level: 3, blocks: showBlocks }
const person = (preferred: string, index: string) => ({ type: 'person', name: { preferred, index } })
const authors = [person('HJ Burgess', 'Burgess, HJ'), person('Ying-Hui Fu', 'Fu, Ying-Hui')]

function read(reference: Record<string, unknown>): string {
  const [text = ''] = readPage(referenceList([{ id: 'bib1', ...reference }], frame).toString()).text('li')
  return text
}

test.for<[kind: string, reference: Record<string, unknown>, shown: string]>([
  [
    'an article',
    {
      date: '2008',
      authors,
      articleTitle: 'Salivary <i>melatonin</i>',
      journal: 'PLoS One',
      volume: '3',
      pages: 'e3055',
      doi: '10.1371/x',
    },
    'Burgess HJ, Fu Ying-Hui (2008) Salivary melatonin PLoS One 3:e3055. https://doi.org/10.1371/x',
  ],
  [
    'an article with pages and more authors',
    {
      date: '2007',
      discriminator: 'a',
      authors,
      authorsEtAl: true,
      articleTitle: 'T',
      journal: { name: ['Science'] },
      volume: '316',
      pages: { range: '900–904' },
    },
    'Burgess HJ, Fu Ying-Hui et al. (2007a) T Science 316:900–904.',
  ],
  [
    'a chapter',
    {
      date: '2001',
      authors,
      editors: authors,
      chapterTitle: 'C',
      bookTitle: 'B',
      edition: '2nd',
      pages: 'In press',
      publisher: { name: ['P'] },
    },
    'Burgess HJ, Fu Ying-Hui (2001) C In: Burgess HJ, Fu Ying-Hui, editors. B. In press. 2nd edition. P.',
  ],
  [
    'a page on the web',
    { date: '2010', authors, title: 'W', website: 'Site', uri: 'https://x.org/?a=1&b=2' },
    'Burgess HJ, Fu Ying-Hui (2010) W Site. https://x.org/?a=1&b=2',
  ],
  [
    'a patent',
    { date: '1999', inventors: authors, title: 'P', patentType: 'US', number: '123', country: 'US' },
    'Burgess HJ, Fu Ying-Hui (1999) P 123.',
  ],
  ['nothing that is known', { type: 'unknown', details: 'In the drawer' }, 'In the drawer.'],
])('a reference to %s', ([, reference, shown]) => {
  expect(read(reference)).toBe(shown)
})

test('an address that is none is shown, not linked', () => {
  const html = referenceList([{ id: 'b', title: 'T', uri: 'javascript:alert(1)"onclick="x' }], frame).toString()
  expect(readPage(html).named('a')).toEqual([])
})
