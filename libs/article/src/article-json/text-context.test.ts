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

describe('a link without words', () => {
  test('shows the mark of the note, figure or reference that it leads to', () => {
    const body =
      '<p>A<xref ref-type="fn" rid="n1"/> B<xref ref-type="fn" rid="n2"/> C<xref ref-type="table-fn" rid="n1 n2"/> D <xref rid="r2"/>.</p>'
    const back =
      '<fn-group><fn id="n1"><label>*</label><p>One.</p></fn><fn id="n2"><p>Two.</p></fn></fn-group><ref-list><ref id="r1"><mixed-citation>X.</mixed-citation></ref><ref id="r2"><mixed-citation>Y.</mixed-citation></ref></ref-list>'
    const article = converted({ body, back })
    expect(article.body?.[0]?.content).toEqual([
      text(
        'A<a href="#n1"><sup>*</sup></a> B<a href="#n2"><sup>1</sup></a> C<a href="#n1"><sup>*, 1</sup></a> D <a href="#r2">2</a>.',
      ),
    ])
    expect(article.notes).toMatchObject([
      {
        notes: [
          { id: 'n1', label: '*' },
          { id: 'n2', label: '1' },
        ],
      },
    ])
  })

  test('to something without a mark is no text', () => {
    expect(converted({ body: '<p id="p1">See <xref rid="p1"/>it.</p>' }).body?.[0]?.content).toMatchObject([
      text('See it.'),
    ])
  })
})

test('a heading over nothing but listed supplements is no section of its own', () => {
  const supplement = '<supplementary-material id="s1" xlink:href="s1.pdf"><label>S1</label></supplementary-material>'
  const body = (title: string) => `<sec id="a"><p>A.</p></sec><sec id="b"><title>${title}</title>${supplement}</sec>`
  expect(converted({ body: body('Supporting information') }).body).toHaveLength(1)
  expect(JSON.stringify(converted({ body: body('Films of the flight') }).body)).toContain('Films of the flight')
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
