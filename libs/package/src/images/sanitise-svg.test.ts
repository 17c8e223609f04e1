import * as fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sanitiseSvg } from './sanitise-svg.ts'
import { safeStyle } from './style.ts'

const svg = (inner: string, attributes = '') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20"${attributes}>${inner}</svg>`,
  )

describe('what a drawing is stays', () => {
  test.each([
    [
      'shapes, text and groups',
      '<g id="a" transform="translate(1,2)"><rect width="3" height="4" fill="#f00"/><text x="1">α &lt; β</text></g>',
    ],
    [
      'gradients and what refers to them',
      '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)" width="9" height="9"/>',
    ],
    ['copies within the drawing', '<symbol id="s"><path d="M0 0L1 1"/></symbol><use xlink:href="#s"/>'],
    ['styles', '<style>.a{fill:red;stroke-width:.5}</style><rect class="a" style="opacity:.5"/>'],
    ['pictures in themselves', '<image width="1" height="1" xlink:href="data:image/png;base64,iVBORw0KGgo="/>'],
  ])('%s', (_, inner) => {
    const { svg: safe, removed } = sanitiseSvg(svg(inner))
    expect(safe).toContain(`>${inner}</svg>`)
    expect(removed).toEqual([])
  })

  test('as Illustrator writes it, with entities for its namespaces and data of its own', () => {
    const drawing = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
<!ENTITY ns_svg "http://www.w3.org/2000/svg"><!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">]>
<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" width="40" height="20"><metadata><x/></metadata><switch><foreignObject requiredExtensions="&ns_ai;"><i:pgfRef/></foreignObject><g i:extraneous="self"><rect width="5" height="5"/></g></switch><i:pgf>AAAA</i:pgf></svg>`
    const { svg: safe, removed } = sanitiseSvg(Buffer.from(drawing))
    expect(safe).toMatch(
      /<svg [^>]*width="40" height="20"><switch><g><rect width="5" height="5"\/><\/g><\/switch><\/svg>/,
    )
    expect(removed).toEqual([])
  })

  test('and looks the same', async () => {
    const drawing = svg(
      '<style>.a{fill:#0a0}</style><rect class="a" width="40" height="20"/><circle cx="9" cy="9" r="4" fill="blue"/>',
    )
    const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer()
    expect(await pixels(Buffer.from(sanitiseSvg(drawing).svg))).toEqual(await pixels(drawing))
  })
})

test.each([
  ['a script', '<script>alert(1)</script>', ['script']],
  ['a handler', '<rect onclick="alert(1)" ONLOAD="x"/>', ['onclick', 'ONLOAD']],
  [
    'another language',
    '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">words</p></foreignObject>',
    ['foreignObject'],
  ],
  ['an animation that sets a link', '<a><animate attributeName="href" values="javascript:alert(1)"/></a>', ['animate']],
  ['a link around words', '<a xlink:href="javascript:alert(1)"><text>words</text></a>', []],
  ['a drawing elsewhere', '<use href="https://example.org/a.svg#x"/>', ['use https://example.org/a.svg#x']],
  ['a picture elsewhere', '<image xlink:href="file:///etc/passwd"/>', ['image file:///etc/passwd']],
  [
    'a drawing as a picture',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    ['image data:image/svg+xml;base64,AAAA'],
  ],
  [
    'a style that loads',
    '<style>@import "https://example.org/a.css";.a{fill:url(https://example.org/b)}</style>',
    ['@import "https://example.org/a.css";', 'url(https://example.org/b)'],
  ],
  ['an attribute that loads', '<rect fill="url( \'//example.org/a#b\' )"/>', ["url( '//example.org/a#b' )"]],
])('%s goes, and is named', (_, inner, names) => {
  const { svg: safe, removed } = sanitiseSvg(svg(inner))
  expect(safe.replaceAll(/ xmlns(?::xlink)?="[^"]*"/g, '')).not.toMatch(
    /script|alert|onload|onclick|https?:|\/\/example|file:|@import|data:image\/svg/i,
  )
  expect(removed).toEqual(names)
})

test.each([
  ['cut off', '<svg xmlns="http://www.w3.org/2000/svg"><g', 'it is no well-formed XML: '],
  ['another document', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'it is no SVG: its root element is <html>'],
  ['empty', '', 'it is no well-formed XML: '],
])('a file that is %s is no image', (_, bytes, message) => {
  expect(() => sanitiseSvg(Buffer.from(bytes))).toThrow(message)
})

test('doing it twice is doing it once, and what is written is well-formed, whatever the drawing has', () => {
  const word = fc.constantFrom(
    'url(',
    '#a',
    ')',
    'javascript:',
    'on',
    '"',
    "'",
    '<',
    '&',
    '\\',
    '/*',
    '*/',
    '@import',
    ';',
    '//x.org',
    ' ',
    'e',
    'xpression(',
    'data:image/png;base64,',
    '}',
  )
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(''))
  const name = fc.constantFrom('g', 'a', 'rect', 'script', 'style', 'image', 'use', 'animate', 'foreignObject', 'text')
  const attribute = fc.constantFrom('href', 'xlink:href', 'style', 'fill', 'onclick', 'id', 'xml:base', 'filter')
  const quoted = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      text.map(quoted),
      fc
        .tuple(
          name,
          fc.uniqueArray(fc.tuple(attribute, text), { maxLength: 3, selector: ([key]) => key }),
          fc.array(tie('tree'), { maxLength: 3 }),
        )
        .map(
          ([tag, pairs, inner]) =>
            `<${tag}${pairs.map(([key, value]) => ` ${key}="${quoted(value)}"`).join('')}>${inner.join('')}</${tag}>`,
        ),
    ),
  }))
  fc.assert(
    fc.property(tree, (inner) => {
      const once = sanitiseSvg(svg(inner)).svg
      expect(sanitiseSvg(Buffer.from(once))).toEqual({ svg: once, removed: [] })
      const document = XmlDocument.fromString(once)
      const bad = document.find(
        '//*[local-name()="script" or local-name()="foreignObject" or local-name()="a" or local-name()="animate"] | //@*[starts-with(local-name(), "on")]',
      )
      expect(bad).toHaveLength(0)
      document.dispose()
    }),
    { numRuns: 500, examples: [[`<g style="*/javascript:*/"></g>`], [`<g style="/javascript:*@import \\x; */"></g>`]] },
  )
})

test('a style without anything that loads stays as it is', () => {
  expect(safeStyle('.a{fill:url(#g)}@media print{.b{fill:red}}')).toEqual({
    css: '.a{fill:url(#g)}@media print{.b{fill:red}}',
    removed: [],
  })
})

test('what a style hides by escapes and comments is no longer what it was', () => {
  expect(safeStyle('fill:u\\72l(https://example.org/b)').css).toBe('fill:u72l(https://example.org/b)')
  expect(safeStyle('fill:u\\rl(/**/https://example.org/b)').css).toBe('fill:none')
})
