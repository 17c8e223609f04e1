import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../jats/reading/parse.ts'
import { articleWith } from '../testing/article-with.ts'
import { continuum } from '../testing/journals.ts'
import { apiSchema } from '../testing/public-api.ts'
import { toArticleJson } from './to-article-json.ts'

const problems = apiSchema('article-vor.v8')
const sizes = {
  'continuum-00007-fig1-v1.tif': { width: 800, height: 600 },
  'continuum-00007-fig1-figsupp1-v1.tif': { width: 400, height: 300 },
  'continuum-00007-inf1-v1.tif': { width: 20, height: 10 },
}
const convert = (parts: Parameters<typeof articleWith>[0]) => {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes, files: [] }
  const { article } = toArticleJson(parseArticleXml(articleWith(parts)), about)
  expect(problems(article)).toEqual([])
  return article
}
const blocks = (body: string) => convert({ body }).body?.[0]?.content
const text = (body: string) => blocks(body)?.map((block) => (block.type === 'paragraph' ? block.text : block.type))
const math = '<mml:math id="m1" display="block"><mml:mi>x</mml:mi><mml:mo>&lt;</mml:mo></mml:math>'
const doi = '<object-id pub-id-type="doi">10.5555/continuum.00007.003</object-id>'
const about = (label: string) =>
  `${doi}<label>${label}.</label><caption><title>What <italic>it</italic> is.</title><p>More.</p></caption>`

describe('inline markup', () => {
  test.each([
    ['<italic>a</italic> <bold>b</bold> <sub>c</sub><sup>d</sup>', '<i>a</i> <b>b</b> <sub>c</sub><sup>d</sup>'],
    ['<underline>a</underline> <monospace>b</monospace> <strike>c</strike>', '<u>a</u> <code>b</code> <s>c</s>'],
    ['<sc>a</sc> <named-content content-type="x">b</named-content>', '<span class="small-caps">a</span> b'],
    [
      '<xref ref-type="bibr" rid="bib1 bib2">A et al., 2000</xref><target id="bib1"/>',
      '<a href="#bib1">A et al., 2000</a><span id="bib1"></span>',
    ],
    ['<ext-link ext-link-type="uri" xlink:href="www.a.org/x y">l</ext-link>', '<a href="http://www.a.org/x%20y">l</a>'],
    [
      '<ext-link ext-link-type="doi" xlink:href="10.1000/a&lt;b">l</ext-link>',
      '<a href="https://doi.org/10.1000/a%3Cb">l</a>',
    ],
    ['<email>a@b.org</email>', '<a href="mailto:a@b.org">a@b.org</a>'],
    ['<uri>https://a.org/</uri>', '<a href="https://a.org/">https://a.org/</a>'],
    [
      '<inline-graphic xlink:href="continuum-00007-inf1"/>',
      '<img src="https://cdn.example.org/00007/continuum-00007-inf1-v1.jpg" alt="">',
    ],
    [`<inline-formula>${math}</inline-formula>`, '<math id="m1" display="block"><mi>x</mi><mo>&lt;</mo></math>'],
    ['a &lt; b &amp; "c"\n  d', 'a &lt; b &amp; "c" d'],
  ])('%s', (jats, html) => expect(text(`<p>${jats}</p>`)).toEqual([html]))

  test.each([
    ['<ext-link xlink:href="javascript:alert(1)">l</ext-link>', 'l'],
    ['<ext-link xlink:href=" JaVaScRiPt:alert(1)">l</ext-link>', 'l'],
    ['<uri>data:text/html,x</uri>', 'data:text/html,x'],
    [
      '<inline-formula><mml:math><mml:mi onclick="x" href="javascript:x" style="x">a</mml:mi><mml:annotation>b</mml:annotation></mml:math></inline-formula>',
      '<math><mi>a</mi></math>',
    ],
    [
      '<inline-formula><mml:math><script>x</script><mml:mtext>&lt;script&gt;</mml:mtext></mml:math></inline-formula>',
      '<math><mtext>&lt;script&gt;</mtext></math>',
    ],
    ['&lt;img src=x onerror=y&gt;', '&lt;img src=x onerror=y&gt;'],
  ])('what could run stays text: %s', (jats, html) => expect(text(`<p>${jats}</p>`)).toEqual([html]))
})

describe('sections', () => {
  test('nest, and every one at the top has an id', () => {
    const body =
      '<p>Before.</p><sec id="s1"><title>One</title><p>A.</p><sec><title>Inner</title><p>B.</p></sec></sec><sec><title>Two</title><p>C.</p></sec>'
    expect(convert({ body }).body).toEqual([
      { type: 'section', id: 's0', title: 'Main text', content: [{ type: 'paragraph', text: 'Before.' }] },
      {
        type: 'section',
        id: 's1',
        title: 'One',
        content: [
          { type: 'paragraph', text: 'A.' },
          { type: 'section', title: 'Inner', content: [{ type: 'paragraph', text: 'B.' }] },
        ],
      },
      { type: 'section', id: 'section-3', title: 'Two', content: [{ type: 'paragraph', text: 'C.' }] },
    ])
  })

  test('without title dissolve, without content are a heading', () => {
    expect(text('<sec id="s1"><p>A.</p></sec><sec id="s2"><title>Empty</title></sec>')).toEqual(['A.', '<b>Empty</b>'])
  })

  test('paragraphs that only repeat a DOI go', () => {
    expect(
      text(
        '<p>A.</p><p><bold>DOI:</bold> <ext-link xlink:href="10.5555/x">http://dx.doi.org/10.5555/x.001</ext-link></p>',
      ),
    ).toEqual(['A.'])
  })
})

describe('blocks', () => {
  test('split the paragraph that they stand in', () => {
    expect(text(`<p>A <disp-formula id="equ1"><label>(1)</label>${math}</disp-formula> B</p>`)).toEqual([
      'A',
      'mathml',
      'B',
    ])
    expect(blocks(`<p>A <disp-formula id="equ1"><label>(1)</label>${math}</disp-formula></p>`)?.[1]).toEqual({
      type: 'mathml',
      id: 'equ1',
      label: '(1)',
      mathml: '<math><mi>x</mi><mo>&lt;</mo></math>',
    })
  })

  test('list: of texts, of blocks, nested', () => {
    const list =
      '<list list-type="order"><list-item><p>A</p></list-item><list-item><p>B</p><list list-type="bullet"><list-item><p>C</p></list-item></list></list-item></list>'
    expect(blocks(list)).toEqual([
      {
        type: 'list',
        prefix: 'number',
        items: [
          'A',
          [
            { type: 'paragraph', text: 'B' },
            { type: 'list', prefix: 'bullet', items: ['C'] },
          ],
        ],
      },
    ])
  })

  test('definitions, quote and code', () => {
    expect(blocks('<def-list><def-item><term>T</term><def><p>D</p></def></def-item></def-list>')).toEqual([
      {
        type: 'list',
        prefix: 'none',
        items: [
          [
            { type: 'paragraph', text: '<b>T</b>' },
            { type: 'paragraph', text: 'D' },
          ],
        ],
      },
    ])
    expect(blocks('<disp-quote content-type="editor-comment"><p>Q</p></disp-quote>')).toEqual([
      { type: 'excerpt', content: [{ type: 'paragraph', text: 'Q' }] },
    ])
    expect(blocks('<disp-quote><p>Q</p><attrib>Ada</attrib></disp-quote>')).toEqual([
      { type: 'quote', text: [{ type: 'paragraph', text: 'Q' }], cite: 'Ada' },
    ])
    expect(blocks('<code language="c">if (a &lt; b)\n  c</code>')).toEqual([
      { type: 'code', language: 'c', code: 'if (a < b)\n  c' },
    ])
  })

  test('box: a title makes one, a frame without dissolves, sections inside become headings', () => {
    expect(blocks(`<boxed-text id="box1">${about('Box 1')}<sec><title>S</title><p>T</p></sec></boxed-text>`)).toEqual([
      {
        type: 'box',
        id: 'box1',
        doi: '10.5555/continuum.00007.003',
        label: 'Box 1',
        title: 'What <i>it</i> is.',
        content: [
          { type: 'paragraph', text: 'More.' },
          { type: 'paragraph', text: '<b>S</b>', isHeading: true },
          { type: 'paragraph', text: 'T' },
        ],
      },
    ])
    expect(text('<boxed-text><p>A</p></boxed-text>')).toEqual(['A'])
  })
})

describe('figures', () => {
  const graphic = '<graphic xlink:href="continuum-00007-fig1"/>'
  const image = {
    uri: 'https://cdn.example.org/00007/continuum-00007-fig1-v1.jpg',
    alt: '',
    source: {
      mediaType: 'image/jpeg',
      uri: 'https://cdn.example.org/00007/continuum-00007-fig1-v1.jpg',
      filename: 'continuum-00007-fig1-v1.jpg',
    },
    size: { width: 800, height: 600 },
  }
  const common = {
    doi: '10.5555/continuum.00007.003',
    title: 'What <i>it</i> is.',
    caption: [{ type: 'paragraph', text: 'More.' }],
  }

  test('have supplements and source data', () => {
    const data = `<p><supplementary-material id="sd1"><label>Source data 1.</label><caption><p><ext-link xlink:href="http://a.org">a</ext-link></p></caption><media mimetype="application" mime-subtype="xlsx" xlink:href="continuum-00007-fig1-data1-v1.xlsx"/></supplementary-material></p>`
    const main = `<fig id="fig1">${about('Figure 1').replace('</caption>', `${data}</caption>`)}<graphic xlink:href="continuum-00007-fig1"><alt-text>A dot</alt-text></graphic><attrib>By me</attrib></fig>`
    const supplement = `<fig id="fig1s1"><label>Figure 1—figure supplement 1.</label><graphic xlink:href="continuum-00007-fig1-figsupp1"/></fig>`
    expect(blocks(`<fig-group>${main}${supplement}</fig-group>`)).toMatchObject([
      {
        type: 'figure',
        assets: [
          {
            type: 'image',
            id: 'fig1',
            label: 'Figure 1',
            ...common,
            image: { ...image, alt: 'A dot', attribution: ['By me'] },
            sourceData: [
              {
                id: 'sd1',
                label: 'Source data 1',
                mediaType: 'application/xlsx',
                uri: 'https://cdn.example.org/00007/continuum-00007-fig1-data1-v1.xlsx',
                filename: 'continuum-00007-fig1-data1-v1.xlsx',
              },
            ],
          },
          {
            type: 'image',
            id: 'fig1s1',
            label: 'Figure 1—figure supplement 1',
            image: { size: { width: 400, height: 300 } },
          },
        ],
      },
    ])
  })

  test('without label are images', () => {
    expect(blocks(`<fig id="fig1">${graphic}</fig>`)).toEqual([{ type: 'image', id: 'fig1', image }])
    expect(blocks(`<p>${graphic}</p>`)).toEqual([{ type: 'image', image }])
  })

  test('can be videos', () => {
    expect(
      blocks(
        `<media id="video1" mimetype="video" mime-subtype="mp4" xlink:href="continuum-00007-media1.mp4">${about('Video 1')}</media>`,
      ),
    ).toEqual([
      {
        type: 'figure',
        assets: [
          {
            type: 'video',
            id: 'video1',
            label: 'Video 1',
            ...common,
            sources: [{ mediaType: 'video/mp4', uri: 'https://cdn.example.org/00007/continuum-00007-media1.mp4' }],
            width: 640,
            height: 360,
          },
        ],
      },
    ])
  })

  test('can be tables: rows and spans stay, whatever could run goes', () => {
    const table = `<table frame="hsides" onclick="x"><thead><tr><th colspan="2" style="x">H</th></tr></thead><tbody><tr><td align="left"><p>a</p><p>b</p></td><td valign="top"><italic>c</italic> &lt; d</td></tr></tbody></table>`
    const foot = `<table-wrap-foot><fn id="tf1"><label>*</label><p>Note.</p></fn><fn><p>Loose.</p></fn><p>Free.</p></table-wrap-foot>`
    expect(blocks(`<table-wrap id="t1">${about('Table 1')}${table}${foot}</table-wrap>`)).toEqual([
      {
        type: 'figure',
        assets: [
          {
            type: 'table',
            id: 't1',
            label: 'Table 1',
            ...common,
            tables: [
              '<table><thead><tr><th colspan="2">H</th></tr></thead><tbody><tr><td align="left">a<br>b</td><td valign="top"><i>c</i> &lt; d</td></tr></tbody></table>',
            ],
            footnotes: [
              { id: 'tf1', label: '*', text: [{ type: 'paragraph', text: 'Note.' }] },
              { text: [{ type: 'paragraph', text: 'Loose.' }] },
              { text: [{ type: 'paragraph', text: 'Free.' }] },
            ],
          },
        ],
      },
    ])
    expect(blocks(`<table-wrap id="t1">${graphic}</table-wrap>`)).toMatchObject([{ type: 'image', image }])
  })
})
