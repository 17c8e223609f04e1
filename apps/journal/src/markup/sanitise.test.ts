import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equationMarkup, inlineMarkup, phraseMarkup, plainText, tableMarkup } from './sanitise.ts'

const asIs = {
  link: (uri: string) => uri,
  load: (uri: string) => (uri.startsWith('https://cdn.example/') ? uri : undefined),
}
const inline = (markup: string) => inlineMarkup(markup, asIs).toString()

describe('what article texts use is kept', () => {
  test.for([
    'h<i>CRY2-<sup>a</sup></i> &amp; <b>x</b> <sub>2</sub>',
    'see <a href="#fig1">Figure 1</a> and <a href="https://x.org/?a=1&amp;b=2">there</a>',
    '<a href="mailto:someone@example.org">someone</a>',
    '<span class="small-caps">ncbi</span> α β → &lt;0.05',
    '<math><msup><mi>x</mi><mn>2</mn></msup><mo stretchy="false">+</mo><mi mathvariant="normal">y</mi></math>',
    '<img src="https://cdn.example/1/inf1.jpg" alt="a sign" loading="lazy">',
    '<ruby>BASE<rp>(</rp><rt>TOP</rt><rp>)</rp></ruby>',
    '<span id="s.1:a">a place</span> <span class="overline">x</span>',
    '<math alttext="\\frac{a}{&lt;b}"><mn>1</mn></math>',
  ])('%s', (markup) => {
    expect(inline(markup)).toBe(markup)
  })

  test('in tables cells keep what they span, and how they are aligned without a style', () => {
    const table =
      '<table><tr><th colspan="2" align="center" style="color:red">A</th></tr><tr><td>1<br/>2</td></tr></table>'
    expect(tableMarkup(table, asIs).toString()).toBe(
      '<table><tr><th colspan="2" class="align-center">A</th></tr><tr><td>1<br>2</td></tr></table>',
    )
  })
})

test('a header cell without words is no header', () => {
  expect(tableMarkup('<table><tr><th scope="col"></th><th scope="col">A</th></tr></table>', asIs).toString()).toBe(
    '<table><tr><td></td><th scope="col">A</th></tr></table>',
  )
})

describe('what could do harm is not', () => {
  test.for([
    ['<script>alert(1)</script>after', 'after'],
    ['<ScRiPt\n>alert("</b>")</sCrIpT >after', 'after'],
    ['<script>never ended <b>', ''],
    ['<img src=x onerror=alert(1)>', ''],
    ['<img src="https://evil.example/t.gif" alt="">', ''],
    ['<i onmouseover="alert(1)" style="x">t</i>', '<i>t</i>'],
    ['<a href="javascript:alert(1)">t</a>', 't'],
    ['<a href=" JaVa\tScript:alert(1)">t</a>', 't'],
    ['<a href="java&#115;cript:alert(1)">t</a>', 't'],
    ['<a href="javascript&colon;alert(1)">t</a>', 't'],
    ['<a href="data:text/html,x">t</a>', 't'],
    ['<a href="//evil.example/">t</a>', 't'],
    ["<a href='https://x.org/\"onclick=alert(1)//'>t</a>", 't'],
    ['<svg><style><img src=x onerror=alert(1)></style></svg>', ''],
    [
      '<math><mtext><table><mglyph><style><img src=x onerror=1></style></mglyph></table></mtext></math>',
      '<math><mtext></mtext></math>',
    ],
    ['<math href="javascript:alert(1)"><mi xlink:href="javascript:1">xy</mi></math>', '<math><mi>xy</mi></math>'],
    ['<math><b>x</b></math>', '<math>x</math>'],
    ['<math><annotation-xml encoding="text/html"><b>x</b></annotation-xml></math>', '<math></math>'],
    ['<iframe src="https://x.org"></iframe><form><input></form>', ''],
    ['<!-- <b> --><b>x</b><!-- never ended', '<b>x</b>'],
    ['<span class="menu small-caps">x</span>', '<span class="small-caps">x</span>'],
    ['a < b <3 > c', 'a &lt; b &lt;3 &gt; c'],
    ['<span id="a b" onclick="x">x</span>', '<span>x</span>'],
    ['<span id="&quot;><script>">x</span>', '<span>x</span>'],
  ])('%s', ([markup = '', html]) => {
    expect(inline(markup)).toBe(html)
  })
})

test('what is broken comes out whole', () => {
  expect(inline('<i>a<b>c</i>d</b>e</sup>')).toBe('<i>a<b>c</b></i>de')
  expect(inline('<p>a</p> <unknown>b</unknown>')).toBe('a b')
})

test('whatever comes, only allowed tags go out, and each is ended', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    '"',
    "'",
    '=',
    ' ',
    'i',
    'script',
    'a href',
    'img src',
    '<i>',
    '</i>',
    '<b ',
    '&#60;',
    '&lt;',
    '--',
    '!',
    'onload',
    'javascript:',
    '<math>',
    '<mi>',
    '<a href="#x">',
    'style',
    '</',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const html = inline(pieces.join(''))
      const tag = /<\/?(?:i|b|a|math|mi)(?: href="#[^"<>\s]*"| class="math-(?:italic|bold)")?>/g
      expect(html.replaceAll(tag, '')).not.toMatch(/[<>]/)
      const [opened, closed] = [html.match(/<[a-z]/g) ?? [], html.match(/<\//g) ?? []]
      expect(opened).toHaveLength(closed.length)
    }),
    { numRuns: 300 },
  )
})

test('a text nested without end neither fails nor is lost', () => {
  const deep = `${'<i>'.repeat(100_000)}x`
  expect(plainText(deep)).toBe('x')
  expect(inline(deep)).toContain('x')
})

test('headings and links have neither links nor images in them', () => {
  expect(phraseMarkup('<a href="#x">A</a> <i>b</i><img src="https://cdn.example/1.jpg">').toString()).toBe('A <i>b</i>')
})

test('titles may have the markup of JATS in them', () => {
  expect(phraseMarkup('<italic>E. coli</italic> and <bold>x</bold><xref rid="x">1</xref>').toString()).toBe(
    '<i>E. coli</i> and <b>x</b>1',
  )
})

test('text alone has no markup and no entities', () => {
  expect(plainText(' <i>E. coli</i> &amp;\n <sup>13</sup>C &lt; 1 ')).toBe('E. coli & 13C < 1')
})

describe('equations', () => {
  test('that stand alone are shown as a block, whatever their namespace prefix', () => {
    expect(equationMarkup('<mml:math id="m1"><mml:mi>sin</mml:mi></mml:math>').toString()).toBe(
      '<math display="block"><mi>sin</mi></math>',
    )
  })

  test('have their letters in the style that they mean', () => {
    const letters =
      '<math><mi>sin</mi><mi>α</mi><mi mathvariant="bold-italic">v</mi><mi mathvariant="bold">w</mi>' +
      '<mi mathvariant="italic">vmax</mi><mn mathvariant="bold">0</mn></math>'
    expect(equationMarkup(letters).toString()).toBe(
      '<math display="block"><mi>sin</mi><mi>α</mi><mi mathvariant="bold-italic" class="math-bold">v</mi>' +
        '<mi mathvariant="bold" class="math-bold math-upright">w</mi><mi mathvariant="italic" class="math-italic">vmax</mi><mn mathvariant="bold" class="math-bold">0</mn></math>',
    )
  })

  test('have the bars of a norm beside each other, unless they say how they are set', () => {
    const norm = '<math><mo>|</mo><mo stretchy="true">|</mo><mi>xx</mi><msub><mo>|</mo><mn>2</mn></msub></math>'
    const plain = '<mo stretchy="false" lspace="0" rspace="0">|</mo>'
    expect(equationMarkup(norm).toString()).toBe(
      `<math display="block">${plain}<mo stretchy="true">|</mo><mi>xx</mi><msub>${plain}<mn>2</mn></msub></math>`,
    )
  })

  test('have fences that browsers show', () => {
    expect(
      equationMarkup(
        '<math><mfenced open="[" separators=";|"><mi>aa</mi><mi>bb</mi><mi>cc</mi><mi>dd</mi></mfenced></math>',
      ).toString(),
    ).toBe(
      '<math display="block"><mrow><mo fence="true">[</mo><mi>aa</mi><mo separator="true">;</mo><mi>bb</mi>' +
        '<mo separator="true">|</mo><mi>cc</mi><mo separator="true">|</mo><mi>dd</mi><mo fence="true">)</mo></mrow></math>',
    )
  })
})
