import { expect, test } from 'vitest'
import { withBackLinks } from '../markup/back-links.ts'
import { html } from '../markup/html.ts'
import { showBlocks } from './blocks.ts'
import { publishedFiles } from './file-addresses.ts'
import type { Frame } from './frame.ts'
import { noteGroups } from './notes.ts'
import { readPage } from './page.fixture.ts'

const frame: Frame = { files: publishedFiles('https://cdn.example'), level: 3, blocks: showBlocks }
const paragraph = (text: string) => ({ type: 'paragraph', text })
const notes = [
  { id: 'fn.1/a', label: '1', text: [paragraph('One.')] },
  { id: 'fn2', label: '*', text: [paragraph('Two.')] },
]

test('notes are named after what they are, unless the article says it', () => {
  const groups = [
    { kind: 'footnotes', notes },
    { kind: 'author-notes', notes },
    { kind: 'notes', title: 'Remarks', notes },
    { kind: 'notes', notes: [{ text: 'none' }] },
    'nothing',
  ]
  expect(noteGroups(groups, frame).map(({ title }) => title)).toEqual(['Footnotes', 'Author notes', 'Remarks'])
})

test('a note leads back to where the text refers to it first; one that nothing refers to does not', () => {
  const [group] = noteGroups([{ kind: 'footnotes', notes }], frame)
  const text = showBlocks([paragraph('A<sup><a href="#fn.1/a">1</a></sup> B<sup><a href="#fn.1/a">1</a></sup>')], frame)
  const page = readPage(withBackLinks(html`${text}${group?.content}`).toString())
  const links = page.named('a').map(({ attributes }) => [attributes.get('id'), attributes.get('href')])
  expect(links).toEqual([
    ['back-fn.1/a', '#fn.1/a'],
    [undefined, '#fn.1/a'],
    [undefined, '#back-fn.1/a'],
  ])
  expect(page.attribute('li', 'id')).toEqual(['fn.1/a', 'fn2'])
})
