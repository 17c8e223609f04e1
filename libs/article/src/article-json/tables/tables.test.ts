import { describe, expect, test } from 'vitest'
import type { Block } from '../blocks.ts'
import { blocksOfBody, converted, imageNamed } from '../../testing/converted.ts'
import { apiSchema } from '../../testing/public-api.ts'

const problems = apiSchema('article-vor.v8')
const text = (words: string) => ({ type: 'paragraph', text: words })
const wrap = (inner: string) =>
  `<table-wrap id="t1"><label>Table 1.</label><caption><title>T</title></caption>${inner}</table-wrap>`
const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const table = (...cells: string[]) => `<table><tbody>${row(...cells)}</tbody></table>`
const graphic = '<graphic xlink:href="continuum-00007-fig1"/>'

/** The first asset of the first figure; the article is valid for the public API. */
function shown(inner: string): Block | undefined {
  expect(problems(converted({ body: wrap(inner) }))).toEqual([])
  const [figure] = blocksOfBody(wrap(inner))
  return figure?.type === 'figure' ? figure.assets[0] : figure
}
const markup = (inner: string) => {
  const block = shown(inner)
  return block?.type === 'table' ? block.tables : []
}

describe('a table', () => {
  test('may be several, of which none is lost', () => {
    expect(markup(table('a') + table('b'))).toEqual([
      '<table><tbody><tr><td>a</td></tr></tbody></table>',
      '<table><tbody><tr><td>b</td></tr></tbody></table>',
    ])
  })

  test('is taken as text where it is an image too', () => {
    const block = shown(`<alternatives>${graphic}${table('a')}</alternatives>`)
    expect(block).toMatchObject({ type: 'table', tables: ['<table><tbody><tr><td>a</td></tr></tbody></table>'] })
  })

  test('that is an image has its notes', () => {
    expect(
      shown(`${graphic}<table-wrap-foot><fn id="n1"><label>*</label><p>Note.</p></fn></table-wrap-foot>`),
    ).toMatchObject({
      type: 'image',
      image: { uri: imageNamed('fig1') },
      footnotes: [{ id: 'n1', label: '*', text: [text('Note.')] }],
    })
  })

  test('has its notes in all the ways they are written, and says where it is from', () => {
    const foot = `<table-wrap-foot><title>Notes</title><fn-group><fn id="n1"><label>a</label><p>One.</p><p>Two.</p></fn></fn-group><fn symbol="b" id="n2"><p>Three.</p></fn><p>Free.</p><attrib>From there</attrib><permissions><copyright-statement>© A</copyright-statement></permissions></table-wrap-foot>`
    expect(shown(`${table('x')}${foot}<attrib>Own</attrib>`)).toMatchObject({
      footnotes: [
        { text: [text('Notes')] },
        { id: 'n1', label: 'a', text: [text('One.'), text('Two.')] },
        { id: 'n2', label: 'b', text: [text('Three.')] },
        { text: [text('Free.')] },
      ],
      attribution: ['Own', 'From there', '© A'],
    })
  })

  test('has notes that stand in its cells, and links to them', () => {
    const block = shown(table('x<fn id="n1"><label>a</label><p>One.</p></fn>', '<xref rid="n1">a</xref>'))
    expect(block).toMatchObject({
      tables: [
        '<table><tbody><tr><td>x<sup><a href="#n1">a</a></sup></td><td><a href="#n1">a</a></td></tr></tbody></table>',
      ],
      footnotes: [{ id: 'n1', label: 'a', text: [text('One.')] }],
    })
    expect(converted({ body: wrap(table('x<fn><p>One.</p></fn>')) })).not.toHaveProperty('notes')
  })

  test('has images, formulas, lists and paragraphs in its cells', () => {
    expect(
      markup(
        table(
          '<inline-graphic xlink:href="continuum-00007-inf1"/>',
          '<inline-formula><tex-math>x</tex-math></inline-formula>',
          'a<list list-type="order"><list-item><p>b</p></list-item><list-item><p>c</p></list-item></list>d',
          '<p>e</p><p>f<list><list-item><p>g</p></list-item></list></p>',
        ),
      ),
    ).toEqual([
      `<table><tbody><tr><td><img src="${imageNamed('inf1')}" alt=""></td><td><math alttext="x"><mi>x</mi></math></td>` +
        '<td>a<ol><li>b</li><li>c</li></ol>d</td><td>e<br>f<ul><li>g</li></ul></td></tr></tbody></table>',
    ])
  })

  test('loses no word that stands outside of its cells', () => {
    expect(
      markup(
        '<table><colgroup><col/><foo>0</foo></colgroup><foo>A</foo><tbody><foo>B</foo><tr><foo>C</foo><td>D</td></tr></tbody></table>',
      ),
    ).toEqual([
      '<table><colgroup><col></colgroup><tbody><tr><td>0</td></tr></tbody><tbody><tr><td>A</td></tr></tbody><tbody><tr><td>B</td></tr><tr><td>C</td><td>D</td></tr></tbody></table>',
    ])
  })

  test('of the OASIS model has its spans', () => {
    const oasis = `<oasis:table xmlns:oasis="http://www.niso.org/standards/z39-96/ns/oasis-exchange/table"><oasis:tgroup cols="3"><oasis:colspec colname="a"/><oasis:colspec colname="b"/><oasis:colspec colname="c"/><oasis:thead><oasis:row><oasis:entry namest="a" nameend="b" align="center">H</oasis:entry><oasis:entry morerows="1">I</oasis:entry></oasis:row></oasis:thead><oasis:tbody><oasis:row><oasis:entry><italic>x</italic></oasis:entry><oasis:entry>y</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table>`
    expect(markup(oasis)).toEqual([
      '<table><thead><tr><th colspan="2" align="center">H</th><th rowspan="2">I</th></tr></thead><tbody><tr><td><i>x</i></td><td>y</td></tr></tbody></table>',
    ])
  })

  test('may be what is neither table nor image', () => {
    expect(shown('<p>Words.</p><preformat>a  b</preformat>')).toEqual({
      type: 'box',
      id: 't1',
      label: 'Table 1',
      title: 'T',
      content: [text('Words.'), { type: 'code', code: 'a  b' }],
    })
  })
})

test('an array is a table without number or title', () => {
  expect(blocksOfBody(`<array><tbody>${row('a', 'b')}</tbody></array>`)).toEqual([
    { type: 'table', tables: ['<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>'] },
  ])
})
