import { describe, expect, test } from 'vitest'
import { blocksOfBody, converted, imageNamed } from '../../testing/converted.ts'
import { apiSchema } from '../../testing/public-api.ts'

const problems = apiSchema('article-vor.v8')
const text = (words: string) => ({ type: 'paragraph', text: words })
const heading = (words: string) => ({ type: 'paragraph', text: `<b>${words}</b>`, isHeading: true })
const valid = (body: string) => {
  expect(problems(converted({ body }))).toEqual([])
  return blocksOfBody(body)
}
const math = '<mml:math><mml:mi>x</mml:mi></mml:math>'
const list = (items: string, attributes = '') => `<list ${attributes}>${items}</list>`
const item = (words: string) => `<list-item>${words}</list-item>`

describe('a box', () => {
  const graphic = '<graphic xlink:href="continuum-00007-fig1"/>'
  const figure = `<fig id="f1"><label>Figure 1</label><caption><title>F</title></caption>${graphic}</fig>`

  test('has the figures and equations of its caption', () => {
    const caption = `<caption><title>B</title><p>One.${figure}</p><p>Two.<disp-formula id="e1">${math}</disp-formula></p></caption>`
    expect(valid(`<boxed-text id="b1"><label>Box 1.</label>${caption}<p>Three.</p></boxed-text>`)).toMatchObject([
      {
        type: 'box',
        label: 'Box 1',
        title: 'B',
        content: [text('One.'), { type: 'figure' }, text('Two.'), { type: 'mathml', id: 'e1' }, text('Three.')],
      },
    ])
  })

  test('has headings with ids for its sections, also of sections in them', () => {
    const sections = '<sec id="s1"><title>One</title><p>A</p><sec id="s2"><title>Two</title><p>B</p></sec></sec>'
    expect(valid(`<boxed-text><caption><title>B</title></caption>${sections}</boxed-text>`)).toEqual([
      {
        type: 'box',
        title: 'B',
        content: [{ ...heading('One'), anchors: ['s1'] }, text('A'), { ...heading('Two'), anchors: ['s2'] }, text('B')],
      },
    ])
  })

  test('without a title keeps its sections', () => {
    expect(valid('<boxed-text><sec id="s1"><title>One</title><p>A</p></sec></boxed-text>')).toEqual([text('A')])
    expect(converted({ body: '<boxed-text><sec id="s1"><title>One</title><p>A</p></sec></boxed-text>' }).body).toEqual([
      { type: 'section', id: 's1', title: 'One', content: [text('A')] },
    ])
  })

  test('can be a statement', () => {
    expect(valid('<statement id="t1"><label>Theorem 1</label><p>True.</p></statement>')).toEqual([
      { type: 'box', id: 't1', title: 'Theorem 1', content: [text('True.')] },
    ])
  })
})

describe('a quote', () => {
  test('of more than paragraphs is an excerpt', () => {
    const body = `<disp-quote><title>Q</title><p>A</p>${list(item('<p>B</p>'))}<disp-formula>${math}</disp-formula><attrib>Ada</attrib><permissions><copyright-statement>© A</copyright-statement></permissions></disp-quote>`
    expect(valid(body)).toEqual([
      {
        type: 'excerpt',
        content: [
          heading('Q'),
          text('A'),
          { type: 'list', prefix: 'none', items: ['B'] },
          { type: 'mathml', mathml: '<math><mi>x</mi></math>' },
        ],
        cite: 'Ada © A',
      },
    ])
  })

  test('of verse keeps its lines and stanzas', () => {
    const stanza = (...lines: string[]) =>
      `<verse-group>${lines.map((line) => `<verse-line>${line}</verse-line>`).join('')}</verse-group>`
    const verse = `<verse-group><title>Song</title>${stanza('One', '<italic>Two</italic>')}${stanza('Three')}<attrib>Ada</attrib></verse-group>`
    expect(valid(verse)).toEqual([
      { type: 'quote', text: [heading('Song'), text('One<br><i>Two</i>'), text('Three')], cite: 'Ada' },
    ])
  })

  test('a speech has its speaker', () => {
    expect(valid('<speech><speaker>Ada</speaker><p>Yes.</p><p>No.</p></speech>')).toEqual([
      text('<b>Ada</b> Yes.'),
      text('No.'),
    ])
  })
})

describe('a list', () => {
  test('has its title, and the marks that its items are given', () => {
    const items = item('<label>(i)</label><p>A</p>') + item('<label>(ii)</label><title>H</title><p>B</p>')
    expect(valid(list(`<label>L</label><title>List</title>${items}`, 'list-type="order"'))).toEqual([
      heading('L List'),
      { type: 'list', prefix: 'none', items: ['(i) A', [{ ...heading('H'), text: '(ii) <b>H</b>' }, text('B')]] },
    ])
  })

  test('continues the numbers of another', () => {
    const first = list(item('<p>A</p>') + item('<p>B</p>'), 'id="l1" list-type="order"')
    const second = list(item('<p>C</p>'), 'id="l2" continued-from="l1" list-type="order"')
    const third = list(item('<p>D</p>'), 'continued-from="l2" list-type="order"')
    expect(valid(first + second + third)).toMatchObject([{ items: ['A', 'B'] }, { start: 3 }, { start: 4 }])
    expect(valid(list(item('<p>A</p>'), 'id="l1" continued-from="l1" list-type="order"'))).toEqual([
      { type: 'list', prefix: 'number', items: ['A'] },
    ])
  })

  test('of definitions loses no list and no word within it', () => {
    const inner = '<def-list><def-item><term>B</term><def><p>D</p></def></def-item></def-list>'
    const body = `<def-list><def-item><term>A</term></def-item>${inner}<foo>stray</foo></def-list>`
    expect(valid(body)).toEqual([
      { type: 'list', prefix: 'none', items: ['<b>A</b>'] },
      { type: 'list', prefix: 'none', items: [[text('<b>B</b>'), text('D')]] },
      text('stray'),
    ])
  })

  test('of definitions has all terms, titles and heads', () => {
    const items = '<def-item><term>A</term><term>B</term><def><p>D</p></def><def><p>E</p></def></def-item>'
    expect(
      valid(`<def-list><title>Words</title><term-head>Term</term-head><def-head>Meaning</def-head>${items}</def-list>`),
    ).toEqual([
      heading('Words'),
      heading('Term'),
      heading('Meaning'),
      { type: 'list', prefix: 'none', items: [[text('<b>A</b>'), text('<b>B</b>'), text('D'), text('E')]] },
    ])
  })
})

describe('code', () => {
  test('keeps its white space, whatever is in it', () => {
    expect(valid('<preformat>a  <bold>b\n  c</bold><break/>d</preformat>')).toEqual([
      { type: 'code', code: 'a  b\n  c\nd' },
    ])
  })

  test('of one line among words is in the line', () => {
    expect(valid('<p>Call <code>f(x)</code> here.</p>')).toEqual([text('Call <code>f(x)</code> here.')])
    expect(valid('<p><code>f(x)</code></p>')).toEqual([{ type: 'code', code: 'f(x)' }])
  })
})

describe('a formula', () => {
  test('given as TeX is MathML too', () => {
    expect(valid('<disp-formula id="e1"><label>(1)</label><tex-math>\\frac{a}{2}</tex-math></disp-formula>')).toEqual([
      {
        type: 'mathml',
        id: 'e1',
        label: '(1)',
        mathml: '<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
        tex: '\\frac{a}{2}',
      },
    ])
  })

  test('given in several forms is shown once, as MathML', () => {
    const forms = `<tex-math>x</tex-math>${math}<graphic xlink:href="continuum-00007-fig1"/>`
    const expected = [{ type: 'mathml', mathml: '<math><mi>x</mi></math>', tex: 'x' }]
    expect(valid(`<disp-formula><alternatives>${forms}</alternatives></disp-formula>`)).toEqual(expected)
    expect(valid(`<disp-formula>${forms}</disp-formula>`)).toEqual(expected)
  })

  test('that is an image has its number', () => {
    expect(
      valid('<disp-formula id="e1"><graphic xlink:href="continuum-00007-fig1"/><label>(1)</label></disp-formula>'),
    ).toMatchObject([{ type: 'image', id: 'e1', label: '(1)', isFormula: true, image: { uri: imageNamed('fig1') } }])
  })

  test('of words is a paragraph', () => {
    expect(valid('<disp-formula id="e1">E = mc<sup>2</sup><label>(1)</label></disp-formula>')).toEqual([
      text('E = mc<sup>2</sup> (1)'),
    ])
  })

  test('of a group has its own number and the heading of the group', () => {
    expect(
      valid(
        `<disp-formula-group><label>(1)</label><caption><title>Both</title><p>C.</p></caption><disp-formula><label>(1a)</label>${math}</disp-formula></disp-formula-group>`,
      ),
    ).toEqual([text('(1) Both'), { type: 'mathml', label: '(1a)', mathml: '<math><mi>x</mi></math>' }, text('C.')])
  })
})

describe('questions', () => {
  test('have their answers', () => {
    const body =
      '<question-wrap><question><label>1.</label><p>Which?</p><option><label>a</label><p>This</p></option></question><answer><label>1.</label><p>That.</p></answer><explanation><title>Why</title><p>So.</p></explanation></question-wrap>'
    expect(valid(body)).toEqual(
      ['1. Which?', 'a This', '1. That.']
        .map(text)
        .concat([])
        .concat([heading('Why'), text('So.')]),
    )
  })
})

test('of blocks in several forms the first is shown', () => {
  expect(valid('<block-alternatives><p/><p>A</p><p>B</p></block-alternatives>')).toEqual([text('A')])
})

describe('sections', () => {
  test('say who wrote them', () => {
    const meta =
      '<sec-meta><contrib-group><contrib><name><surname>Bee</surname><given-names>A</given-names></name></contrib><contrib><name><surname>Cee</surname><given-names>B</given-names></name></contrib></contrib-group></sec-meta>'
    expect(converted({ body: `<sec id="s1">${meta}<title>T</title><p>A</p></sec>` }).body).toMatchObject([
      { title: 'T', content: [text('Bee A, Cee B'), text('A')] },
    ])
  })

  test('nest as deep as they are written', () => {
    const deep = Array.from({ length: 9 }, (_, level) => `<sec id="s${level}"><title>T${level}</title>`).join('')
    const body = converted({ body: `${deep}<p>Deep.</p>${'</sec>'.repeat(9)}` }).body
    expect(JSON.stringify(body)).toContain('"id":"s8","title":"T8","content":[{"type":"paragraph","text":"Deep."')
  })
})

test('what is unknown stays in its place, its words whole', () => {
  expect(valid('<p>A <foo>B</foo> C</p><foo><bar><p>D</p></bar>E</foo>')).toEqual(['A B C', 'D', 'E'].map(text))
})
