import { describe, expect, test } from 'vitest'
import { blocksOfBody, converted } from '../../testing/converted.ts'
import { mathOfTex } from './tex.ts'

const line = (jats: string) =>
  blocksOfBody(`<p>${jats}</p>`).map((block) => (block.type === 'paragraph' ? block.text : block.type))
const tex = (source: string) => line(`<inline-formula><tex-math><![CDATA[${source}]]></tex-math></inline-formula>`)
const x = ['<math alttext="x"><mi>x</mi></math>']

describe('TeX', () => {
  test.each([
    ['x'],
    ['$x$'],
    ['$$x$$'],
    ['\\[ x \\]'],
    ['\\(x\\)'],
    ['\\documentclass[12pt]{minimal} \\usepackage{amsmath} \\begin{document}$$x$$\\end{document}'],
    ['\\documentclass{article}\n\\begin{document}\nx\n\\end{document}'],
  ])('is taken out of the document and delimiters around it: %s', (source) => expect(tex(source)).toEqual(x))

  test('keeps its words together as MathML', () => {
    expect(tex('E=mc^2_{IN}')).toEqual([
      '<math alttext="E=mc^2_{IN}"><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msubsup><mi>c</mi><mrow><mi>I</mi><mi>N</mi></mrow><mn>2</mn></msubsup></mrow></math>',
    ])
  })

  test('that is not understood is shown as it is written', () => {
    expect(tex('\\unknown{a < b}')).toEqual([
      '<math alttext="\\unknown{a &lt; b}"><mtext>\\unknown{a &lt; b}</mtext></math>',
    ])
  })

  test.each(['\\href{javascript:alert(1)}{y}', '\\includegraphics{x}', '\\def\\a{\\a\\a}\\a', '\\class{a}{b}'])(
    'cannot link, load, style or run on: %s',
    (source) => expect(mathOfTex(source, false)).toMatch(/^<math><mtext>[^<]*<\/mtext><\/math>$/),
  )

  test('of one formula defines nothing for another', () => {
    expect(mathOfTex('\\gdef\\mine{x}\\mine', false)).toBe('<math><mi>x</mi></math>')
    expect(mathOfTex('\\mine', false)).toContain('<mtext>')
  })

  test('is in titles too', () => {
    const title = '<sec><title>On <inline-formula><tex-math>\\alpha</tex-math></inline-formula></title><p>A</p></sec>'
    expect(converted({ body: title }).body).toMatchObject([{ title: 'On <math alttext="\\alpha"><mi>α</mi></math>' }])
  })
})

describe('a formula in a line', () => {
  const math = '<mml:math><mml:mi>x</mml:mi></mml:math>'

  test.each([
    `<alternatives><tex-math>x</tex-math>${math}</alternatives>`,
    `<inline-formula><alternatives><inline-graphic xlink:href="continuum-00007-inf1"/>${math}<tex-math>x</tex-math></alternatives></inline-formula>`,
  ])('in several forms is shown once, the TeX for those who do not see it: %s', (jats) => expect(line(jats)).toEqual(x))

  test('keeps words and formulas in their order', () => {
    expect(line(`<inline-formula>f(${math}) = <italic>y</italic></inline-formula>`)).toEqual([
      'f(<math><mi>x</mi></math>) = <i>y</i>',
    ])
  })
})

describe('MathML', () => {
  const math = (inner: string) => line(`<inline-formula><mml:math>${inner}</mml:math></inline-formula>`)

  test('loses no word of what is unknown in it', () => {
    expect(math('<mml:mrow><foo>AB</foo></mml:mrow><mml:mi><foo>c</foo></mml:mi>')).toEqual([
      '<math><mrow><mtext>AB</mtext></mrow><mi>c</mi></math>',
    ])
  })

  test('shows the first state of an action, and has its TeX where it is annotated', () => {
    const semantics = `<mml:semantics><mml:maction><mml:mi>a</mml:mi></mml:maction><mml:annotation encoding="application/x-tex">\\a</mml:annotation></mml:semantics>`
    expect(math(semantics)).toEqual(['<math alttext="\\a"><semantics><mrow><mi>a</mi></mrow></semantics></math>'])
  })
})
