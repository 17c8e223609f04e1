import { describe, expect, test } from 'vitest'
import { showBlocks } from './blocks.ts'
import { publishedFiles } from './file-addresses.ts'
import type { Frame } from './frame.ts'
import { readPage } from './page.fixture.ts'

/** Figures, sounds and places in the text as HTML. */

const cdn = 'https://cdn.example'
const frame: Frame = { files: publishedFiles(cdn), level: 3, blocks: showBlocks }
const show = (...blocks: unknown[]) =>
  showBlocks(blocks, frame).toString().replaceAll(/\s+/g, ' ').replaceAll('> <', '><').trim()
const paragraph = (text: string) => ({ type: 'paragraph', text })
const picture = (name: string, more = {}) => ({
  uri: `${cdn}/1/${name}`,
  alt: '',
  source: { mediaType: 'image/jpeg', uri: `${cdn}/1/${name}`, filename: name },
  size: { width: 900, height: 500 },
  ...more,
})

describe('a figure', () => {
  test('has all its images above one legend, and below it whose they are', () => {
    const page = readPage(
      show({
        type: 'image',
        id: 'f1',
        label: 'Figure 1',
        title: 'T',
        image: picture('a.jpg', { attribution: ['© 1991 <i>Press</i>'] }),
        furtherImages: [picture('b.jpg')],
        longDescription: 'A circle <at length>.',
      }),
    )
    expect(page.attribute('img', 'src')).toEqual([`${cdn}/1/a.jpg`, `${cdn}/1/b.jpg`])
    expect(page.text('figcaption')).toHaveLength(1)
    expect(page.text('p')).toContain('© 1991 Press')
    expect(page.text('details')).toEqual(['DescriptionA circle <at length>.'])
  })

  test('of a group stands under the number and caption of the group', () => {
    const member = (id: string) => ({ type: 'image', id, label: id, image: picture('a.jpg') })
    const group = { id: 'g', label: 'Figure 1', title: 'All', caption: [paragraph('Words.')] }
    const page = readPage(show({ type: 'figure', ...group, assets: [member('a'), member('b')] }))
    expect(page.attribute('figure', 'id')).toEqual(['g', 'a', 'b'])
    expect(page.text('figcaption').at(-1)).toBe('Figure 1.AllWords.')
  })

  test('that is a drawing is shown by images of it, and loaded as what it is', () => {
    const source = { mediaType: 'image/svg+xml', uri: `${cdn}/1/d.svg`, filename: 'd.svg' }
    const page = readPage(show({ type: 'image', label: 'Figure 1', image: picture('d.jpg', { source }) }))
    expect(page.attribute('img', 'src')).toEqual([`${cdn}/1/d.jpg`])
    expect(page.attribute('a', 'href')).toEqual([`${cdn}/1/d.jpg`, `${cdn}/1/d-download.svg`])
  })

  test('that moves is shown as it was delivered', () => {
    const page = readPage(show({ type: 'image', label: 'Animation 1', image: picture('v.gif') }))
    expect(page.attribute('img', 'src')).toEqual([`${cdn}/1/v.gif`])
    expect(page.attribute('img', 'srcset')).toEqual([])
    expect(page.attribute('a', 'href')).toEqual([`${cdn}/1/v.gif`])
  })

  test('that is a formula has its number beside it', () => {
    const html = show({ type: 'image', id: 'e1', label: '(1)', isFormula: true, image: picture('e.jpg') })
    expect(html).toContain('<div class="equation" id="e1">')
    expect(html).toContain('<span class="equation-label">(1)</span>')
    expect(html).not.toContain('<figcaption>')
  })

  test('that is a table has its notes', () => {
    const notes = [{ id: 'n1', label: '*', text: [paragraph('A note.')] }]
    expect(
      readPage(show({ type: 'image', label: 'Table 1', image: picture('t.jpg'), footnotes: notes })).attribute(
        'li',
        'id',
      ),
    ).toEqual(['n1'])
  })
})

test('a sound is played where its file may be loaded', () => {
  const sound = (uri: string) => ({
    type: 'audio',
    id: 'a1',
    label: 'Audio 1',
    sources: [{ mediaType: 'audio/mpeg', uri }],
  })
  const page = readPage(show(sound(`${cdn}/1/a.mp3`)))
  expect(page.attribute('source', 'src')).toEqual([`${cdn}/1/a.mp3`])
  expect(page.attribute('audio', 'aria-label')).toEqual(['Audio 1'])
  expect(show(sound('https://elsewhere.example/a.mp3'))).not.toContain('<source')
})

test('places that links lead to are there, also without a block of their own', () => {
  const page = readPage(
    show(
      { ...paragraph('A <span id="in">B</span>'), anchors: ['p1', 'p2'] },
      { type: 'code', code: 'x', anchors: ['c'] },
    ),
  )
  expect(page.attribute('span', 'id')).toEqual(['p1', 'p2', 'in', 'c'])
})

test('headings in boxes are headings, with their ids', () => {
  const heading = { type: 'paragraph', text: '<b>One</b>', isHeading: true, anchors: ['s1'] }
  const page = readPage(show({ type: 'box', title: 'Box', content: [heading, paragraph('A')] }))
  expect(page.headings).toEqual([
    { level: 3, text: 'Box' },
    { level: 4, text: 'One' },
  ])
  expect(page.attribute('span', 'id')).toEqual(['s1'])
})

test('a list that continues another goes on with its numbers', () => {
  expect(show({ type: 'list', prefix: 'number', items: ['c'], start: 3 })).toBe(
    '<ol class="list-number" start="3"><li>c</li></ol>',
  )
})

test('an equation has its TeX for those who do not see it', () => {
  expect(show({ type: 'mathml', mathml: '<math><mi>sin</mi></math>', tex: '\\sin "<' })).toContain(
    '<math display="block" alttext="\\sin &quot;&lt;"><mi>sin</mi></math>',
  )
})
