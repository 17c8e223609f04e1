import { describe, expect, test } from 'vitest'
import { blocksOfBody, converted } from '../testing/converted.ts'
import { apiSchema } from '../testing/public-api.ts'

const problems = apiSchema('article-vor.v8')
const text = (words: string) => ({ type: 'paragraph', text: words })

describe('notes in the text', () => {
  test('are collected; a mark leads to each', () => {
    const article = converted({
      body: '<p>Before<fn id="fn1"><label>*</label><p>Note <italic>one</italic>.</p></fn> after<fn><p>Two.</p></fn>.</p>',
    })
    expect(problems(article)).toEqual([])
    expect(article.body?.[0]?.content).toEqual([
      text('Before<sup><a href="#fn1">*</a></sup> after<sup><a href="#note-2">1</a></sup>.'),
    ])
    expect(article.notes).toEqual([
      {
        kind: 'footnotes',
        notes: [
          { id: 'fn1', label: '*', text: [text('Note <i>one</i>.')] },
          { id: 'note-2', label: '1', text: [text('Two.')] },
        ],
      },
    ])
  })

  test('in headings and captions have their marks there', () => {
    const body = '<sec id="s1"><title>T<fn id="n"><label>1</label><p>N.</p></fn></title><p>A</p></sec>'
    expect(converted({ body }).body).toMatchObject([{ title: 'T<sup><a href="#n">1</a></sup>' }])
  })
})

describe('places that links lead to', () => {
  test('are kept, in whatever they stand', () => {
    const refs = 'p1 sec1 q1 li1 li2 w1 f1'
      .split(' ')
      .map((id) => `<xref rid="${id}">${id}</xref>`)
      .join(' ')
    const body = `<p>${refs}</p><p id="p1">A</p><sec id="sec1"><p>B</p></sec><disp-quote id="q1"><p>C</p></disp-quote><list><list-item id="li1"><p>D</p></list-item><list-item id="li2"><p>E</p><p>F</p></list-item></list><p>G <named-content id="w1">H</named-content></p><disp-formula id="f1">x</disp-formula>`
    expect(problems(converted({ body }))).toEqual([])
    expect(blocksOfBody(body).slice(1)).toEqual([
      { ...text('A'), anchors: ['p1'] },
      { ...text('B'), anchors: ['sec1'] },
      { type: 'quote', text: [text('C')], anchors: ['q1'] },
      {
        type: 'list',
        prefix: 'none',
        items: ['<span id="li1"></span>D', [{ ...text('E'), anchors: ['li2'] }, text('F')]],
      },
      text('G <span id="w1">H</span>'),
      { ...text('x'), anchors: ['f1'] },
    ])
  })

  test('are left out where nothing leads to them', () => {
    expect(blocksOfBody('<p id="p1">A <named-content id="w1">H</named-content></p>')).toEqual([text('A H')])
  })
})

test('a link to several places leads to the first that is there', () => {
  expect(blocksOfBody('<p id="a"><xref rid="gone a">one</xref></p>')).toEqual([
    { ...text('<a href="#a">one</a>'), anchors: ['a'] },
  ])
})

describe('figures that the XML keeps apart', () => {
  const figure = (id: string) =>
    `<fig id="${id}"><label>${id}</label><graphic xlink:href="continuum-00007-fig1"/></fig>`
  const letters = `<floats-group>${figure('f1')}${figure('f2')}</floats-group>`

  test('stand after the paragraph that refers to them first, else at the end', () => {
    const body = '<sec id="s1"><title>T</title><p>A <xref rid="f1">f1</xref></p><p>B <xref rid="f1">f1</xref></p></sec>'
    expect(converted({ body, letters }).body).toMatchObject([
      {
        title: 'T',
        content: [
          { type: 'paragraph' },
          { type: 'figure', assets: [{ id: 'f1' }] },
          { type: 'paragraph' },
          { type: 'figure', assets: [{ id: 'f2' }] },
        ],
      },
    ])
  })
})
