import { describe, expect, test } from 'vitest'
import { readPage } from './page.fixture.ts'
import { publishedFiles } from './file-addresses.ts'
import { showBlocks } from './blocks.ts'
import type { Frame } from './frame.ts'

/** The blocks of an article's text as HTML. */

const cdn = 'https://cdn.example'
const frame: Frame = { files: publishedFiles(cdn), level: 3, blocks: showBlocks }
const show = (...blocks: unknown[]) =>
  showBlocks(blocks, frame).toString().replaceAll(/\s+/g, ' ').replaceAll('> <', '><').trim()
const paragraph = (text: string) => ({ type: 'paragraph', text })
const picture = (width: number) => ({
  uri: `${cdn}/00353/elife-00353-fig1-v1.jpg`,
  alt: '',
  source: { mediaType: 'image/jpeg', uri: `${cdn}/00353/elife-00353-fig1-v1.jpg`, filename: 'elife-00353-fig1-v1.jpg' },
  size: { width, height: 500 },
})

test('sections have headings, each level below the one around it', () => {
  const inner = { type: 'section', id: 's2', title: 'Inner <i>x</i>', content: [paragraph('b')] }
  expect(show({ type: 'section', id: 's1', title: 'Outer', content: [paragraph('a'), inner] })).toBe(
    '<section id="s1"><h3>Outer</h3><p>a</p><section id="s2"><h4>Inner <i>x</i></h4><p>b</p></section></section>',
  )
})

test('lists keep their numbering, and what is nested in them', () => {
  const nested = { type: 'list', prefix: 'bullet', items: ['c'] }
  expect(show({ type: 'list', prefix: 'roman-lower', items: ['a', [paragraph('b'), nested]] })).toBe(
    '<ol class="list-roman-lower"><li>a</li><li><p>b</p><ul class="list-bullet"><li>c</li></ul></li></ol>',
  )
})

describe('a figure', () => {
  const asset = {
    type: 'image',
    id: 'fig1',
    doi: '10.1/x.003',
    label: 'Figure 1',
    title: 'A <i>title</i>.',
    caption: [paragraph('Legend.')],
    image: picture(900),
  }

  test('offers browsers what is narrower than the original, and the original', () => {
    const page = readPage(show({ type: 'figure', assets: [asset] }))
    const [sources = ''] = page.attribute('img', 'srcset')
    expect(sources.split(', ').map((source) => source.split(' ')[1])).toEqual([
      '300w',
      '480w',
      '511w',
      '542w',
      '600w',
      '742w',
      '900w',
    ])
    expect(sources).toContain(`${cdn}/00353/elife-00353-fig1-v1-600w.jpg 600w`)
    expect(sources).toContain(`${cdn}/00353/elife-00353-fig1-v1.jpg 900w`)
  })

  test('is named to those who do not see it, and leads to the full image, to a copy to save, and to its DOI', () => {
    const page = readPage(show({ type: 'figure', assets: [asset] }))
    expect(page.attribute('img', 'alt')).toEqual(['Figure 1: A title.'])
    expect(page.attribute('img', 'width')).toEqual(['900'])
    expect(page.attribute('a', 'href')).toEqual([
      `${cdn}/00353/elife-00353-fig1-v1.jpg`,
      'https://doi.org/10.1/x.003',
      `${cdn}/00353/elife-00353-fig1-v1-download.jpg`,
    ])
    expect(page.attribute('figure', 'id')).toEqual(['fig1'])
  })

  test('is followed by its supplements and has its source data', () => {
    const data = {
      id: 'd1',
      label: 'Figure 1—source data 1',
      mediaType: 'text/csv',
      uri: `${cdn}/00353/d1.csv`,
      filename: 'd1.csv',
    }
    const html = show({
      type: 'figure',
      assets: [
        { ...asset, sourceData: [data] },
        { ...asset, id: 'fig1s1' },
      ],
    })
    const page = readPage(html)
    expect(page.attribute('figure', 'id')).toEqual(['fig1', 'fig1s1'])
    expect(page.attribute('a', 'href')).toContain(`${cdn}/00353/d1.csv`)
    expect(html).toContain('CSV')
  })

  test('of an image that is elsewhere is led to, not loaded', () => {
    const elsewhere = { uri: 'https://elsewhere.example/fig.tif', size: { width: 9, height: 9 } }
    const page = readPage(show({ type: 'figure', assets: [{ ...asset, image: elsewhere }] }))
    expect(page.named('img')).toEqual([])
    expect(page.attribute('a', 'href')).toContain('https://elsewhere.example/fig.tif')
  })
})

test('a table can be scrolled by keyboard, and has its notes', () => {
  const notes = [{ id: 'n1', label: '*', text: [paragraph('A note.')] }]
  const page = readPage(
    show({
      type: 'table',
      id: 't1',
      label: 'Table 1',
      title: 'Numbers',
      tables: ['<table><tr><td>1</td></tr></table>'],
      footnotes: notes,
    }),
  )
  expect(page.text('td')).toEqual(['1'])
  const scroll = page.all.find(({ attributes }) => attributes.get('role') === 'region')
  expect([scroll?.attributes.get('tabindex'), scroll?.attributes.get('aria-label')]).toEqual(['0', 'Table 1: Numbers'])
  expect(page.attribute('li', 'id')).toEqual(['n1'])
})

test('a video shows its still, and its first moment where it has none', () => {
  const video = (more: object) =>
    readPage(
      show({
        type: 'video',
        id: 'v1',
        label: 'Video 1',
        sources: [{ mediaType: 'video/mp4', uri: `${cdn}/1/v.mp4` }],
        ...more,
      }),
    )
  const placeholder = { uri: `${cdn}/1/v.jpg` }
  expect(video({ placeholder }).attribute('video', 'poster')).toEqual([`${cdn}/1/v.jpg`])
  expect(video({ placeholder }).attribute('video', 'preload')).toEqual(['none'])
  expect(video({}).attribute('video', 'preload')).toEqual(['metadata'])
})

test('a video plays only where its file may be loaded', () => {
  const video = (uri: string) => ({
    type: 'video',
    id: 'v1',
    label: 'Video 1',
    sources: [{ mediaType: 'video/mp4', uri }],
    width: 640,
    height: 360,
  })
  expect(readPage(show(video(`${cdn}/1/v.mp4`))).attribute('source', 'src')).toEqual([`${cdn}/1/v.mp4#t=0.1`])
  expect(show(video('https://elsewhere.example/v.mp4'))).not.toContain('<source')
})

test('boxes, equations, code, quotes and questions are shown as such', () => {
  const html = show(
    { type: 'box', id: 'b1', label: 'Box 1', title: 'Aside', content: [paragraph('in')] },
    { type: 'mathml', id: 'e1', label: '(1)', mathml: '<math><mi>sin</mi></math>' },
    { type: 'code', code: 'if (a < b) {}' },
    { type: 'quote', text: [paragraph('said')], cite: 'Somebody' },
    { type: 'question', question: 'Why?', answer: [paragraph('Because.')] },
  )
  const page = readPage(html)
  expect(page.text('aside')).toEqual(['Box 1. Asidein'])
  expect(html).toContain('<math display="block"><mi>sin</mi></math><span class="equation-label">(1)</span>')
  expect(page.text('code')).toEqual(['if (a < b) {}'])
  expect(page.text('blockquote')).toEqual(['saidSomebody'])
  expect(page.text('p')).toContain('Why?')
})

test('what is unknown, or of an unknown shape, is shown as far as it is text', () => {
  expect(readPage(show({ type: 'hologram', title: 'New', content: [paragraph('Text in it.')] })).text('p')).toEqual([
    'New',
    'Text in it.',
  ])
  expect(show({ type: 'list', items: 'none' }, { type: 'tweet', text: ['?'] }, 7, null, { no: 'type' })).not.toContain(
    'undefined',
  )
  expect(showBlocks('no list', frame).toString()).toBe('')
})
