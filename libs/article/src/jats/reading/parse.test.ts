import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken } from '../../testing/broken.ts'
import { ForbiddenEntity, MalformedXml, XmlTooLarge } from '../errors.ts'
import { parseArticleXml } from './parse.ts'
import { textOf } from '../tree.ts'

const doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">'
const refusal = (xml: string | Uint8Array) => {
  try {
    parseArticleXml(xml)
  } catch (error) {
    return error
  }
  return undefined
}

describe('reading', () => {
  test('elements, attributes and text become plain values, comments and instructions go', () => {
    const { root } = parseArticleXml('<article a="1"><!-- no --><p>x<i>y</i><![CDATA[<z>]]></p><?no?></article>')
    expect(root).toEqual({
      name: 'article',
      attributes: { a: '1' },
      line: 1,
      children: [
        {
          name: 'p',
          attributes: {},
          line: 1,
          children: ['x', { name: 'i', attributes: {}, line: 1, children: ['y'] }, '<z>'],
        },
      ],
    })
  })

  test.each([
    ['in text', '<p>Before <?A3B2 x?>and after.</p>'],
    ['first and last in an element', '<p><?a?>Before and after.<?b c="d"?></p>'],
    ['several together', '<p>Before<?a?><?b?> <!-- c --><?d?>and after.</p>'],
    ['beside CDATA', '<p>Before <![CDATA[and]]><?a?> after.</p>'],
    ['beside named characters', '<p>Before<?a?>&nbsp;and<?a?> after.</p>'],
  ])('an instruction takes nothing with it: %s', (_, xml) => {
    const { root } = parseArticleXml(`${doctype}<article>${xml}</article>`)
    expect(root.children[0]).toHaveProperty('children', [expect.stringMatching(/^Before\sand after\.$/)])
  })

  test('an instruction between sections, in a title or around the article takes nothing with it', () => {
    const { root } = parseArticleXml(
      `<?a?>${doctype}<?b?><article><?c?><sec><title>One<?d?> title</title></sec><?e?><sec>Two</sec><!-- f --></article><?g?>`,
    )
    expect(textOf(root)).toBe('One titleTwo')
    expect(root.children).toHaveLength(2)
  })

  test('named characters in attributes are known too, and an unknown one is told', () => {
    const article = parseArticleXml(
      `${doctype}<article a="caf&eacute; &amp; &squirrel;">&quot;<![CDATA[&eacute;]]></article>`,
    )
    expect(article.root.attributes['a']).toBe('café & &squirrel;')
    expect(textOf(article.root)).toBe('"&eacute;')
    expect(article.unknownCharacters).toEqual(['squirrel'])
  })

  test('an element knows its line', () => {
    const { root } = parseArticleXml(`<article>\n<p/>${'\n'.repeat(60_000)}<p/></article>`)
    expect(root.children.flatMap((node) => (typeof node === 'string' ? [] : node.line))).toEqual([2, 60_002])
  })

  test('names in a known namespace have their usual prefix, whatever the document writes', () => {
    const { root } = parseArticleXml(
      '<article xmlns:m="http://www.w3.org/1998/Math/MathML" xmlns:l="http://www.w3.org/1999/xlink"><m:math l:href="x"/></article>',
    )
    expect(root.children).toEqual([{ name: 'mml:math', attributes: { 'xlink:href': 'x' }, children: [], line: 1 }])
  })

  test('named characters of the DTD are known without it; an unknown one stays as written and is told', () => {
    const article = parseArticleXml(`${doctype}<article>caf&eacute;&nbsp;&mdash;&alpha;&squirrel;&amp;</article>`)
    expect(textOf(article.root)).toBe('café\u00a0—α&squirrel;&')
    expect(article.unknownCharacters).toEqual(['squirrel'])
  })

  test('UTF-8 with a byte order mark and ISO-8859-1 are read', () => {
    expect(textOf(parseArticleXml('\ufeff<article>é</article>').root)).toBe('é')
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><article>\xe9</article>', 'latin1')
    expect(textOf(parseArticleXml(latin).root)).toBe('é')
  })

  test.each([
    ['windows-1252', [0x93, 0xfc, 0x94], '“ü”'],
    ['ISO-8859-2', [0xb1, 0xb3], 'ął'],
    ['iso-8859-15', [0xa4], '€'],
    ['Windows-1251', [0xcf, 0xf0], 'Пр'],
    ['Shift_JIS', [0x83, 0x5c], 'ソ'],
  ])('%s is read', (encoding, bytes, text) => {
    const xml = [
      Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><article>`),
      Buffer.from(bytes),
      Buffer.from('</article>'),
    ]
    expect(textOf(parseArticleXml(Buffer.concat(xml)).root)).toBe(text)
  })

  test.each([
    ['\ufeff', ''],
    ['', '<?xml version="1.0" encoding="UTF-16"?>'],
    ['\ufeff', '<?xml version="1.0" encoding="ISO-8859-1"?>'],
  ])('UTF-16 is read in both byte orders, with %j and %j before it', (mark, declaration) => {
    const xml = `${mark}${declaration}<article>é…</article>`
    expect(textOf(parseArticleXml(Buffer.from(xml, 'utf16le')).root)).toBe('é…')
    expect(textOf(parseArticleXml(Buffer.from(xml, 'utf16le').swap16()).root)).toBe('é…')
  })

  test('a string is read as it is, whatever encoding its declaration names', () => {
    expect(textOf(parseArticleXml('<?xml version="1.0" encoding="windows-1252"?><article>é…</article>').root)).toBe(
      'é…',
    )
  })

  test('an internal subset that declares no entity is allowed', () => {
    expect(parseArticleXml('<!DOCTYPE article [<!-- <!ENTITY --><!ELEMENT article ANY>]><article/>').root.name).toBe(
      'article',
    )
  })
})

describe('refusing', () => {
  test('what is not well-formed, with line and column', () => {
    expect(refusal('<article>\n  <p>\n</article>')).toMatchObject({
      name: 'MalformedXml',
      line: 3,
      column: 11,
      retry: false,
    })
    expect(refusal('<article>\n  <p>\n</article>')).toHaveProperty(
      'message',
      expect.stringContaining('line 3, column 11'),
    )
    expect(refusal('')).toMatchObject({ name: 'EmptyXml', message: expect.stringContaining('is empty (0 bytes)') })
    expect(refusal('%PDF-1.4')).toBeInstanceOf(MalformedXml)
    expect(refusal('<article>&undeclared;</article>')).toBeInstanceOf(MalformedXml)
    expect(refusal('<!-- never closed <!-- <article/>')).toBeInstanceOf(MalformedXml)
  })

  test('a root that is no article', () => {
    expect(refusal('<html/>')).toHaveProperty('message', expect.stringContaining('<html>, not <article>'))
  })

  test.each([
    '<!DOCTYPE article [<!ENTITY a "b">]><article>&a;</article>',
    '<!DOCTYPE article SYSTEM "x.dtd" [ <!ENTITY % a SYSTEM "file:///etc/passwd"> %a; ]><article/>',
    '<!DOCTYPE article SYSTEM "<article>" [<!ENTITY a "b">]><article>&a;</article>',
    `<!DOCTYPE article SYSTEM '<article>' [<!-- " --><!ENTITY a SYSTEM "http://127.0.0.1:1/">]><article>&a;</article>`,
    '<?xml version="1.0"?><?x "?><!DOCTYPE article [<!ENTITY a "b">]><article/>',
  ])('an entity declaration: %s', (xml) => {
    expect(refusal(xml)).toBeInstanceOf(ForbiddenEntity)
  })

  test.each(['UTF-7', 'IBM037', 'iso-2022-jp', 'x-user-defined', 'nonsense', ''])(
    'an encoding in which declarations could hide: %j',
    (encoding) => {
      expect(refusal(Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><article/>`))).toHaveProperty(
        'message',
        expect.stringContaining(`encoding "${encoding}" is not supported; save it as UTF-8`),
      )
    },
  )

  test('an entity declaration in any encoding', () => {
    const xml = '<!DOCTYPE article [<!ENTITY a "b">]><article>&a;</article>'
    expect(refusal(Buffer.from(xml, 'utf16le'))).toBeInstanceOf(ForbiddenEntity)
    expect(refusal(Buffer.from(`\ufeff${xml}`, 'utf16le').swap16())).toBeInstanceOf(ForbiddenEntity)
    expect(refusal(Buffer.from(`<?xml version="1.0" encoding="Shift_JIS"?>${xml}`))).toBeInstanceOf(ForbiddenEntity)
  })

  test('bytes that are no characters of the encoding', () => {
    expect(refusal(Buffer.from('\ufeff<article>\ud800</article>', 'utf16le'))).toBeInstanceOf(MalformedXml)
    expect(refusal(Buffer.from('<article>\xff</article>', 'latin1'))).toBeInstanceOf(MalformedXml)
    expect(refusal(Buffer.from('3c0000003f000000', 'hex'))).toBeInstanceOf(MalformedXml)
    expect(refusal(Buffer.from('4c6fa794', 'hex'))).toBeInstanceOf(MalformedXml)
  })

  test('too deep a document', () => {
    expect(refusal(`<article>${'<p>'.repeat(300)}${'</p>'.repeat(300)}</article>`)).toBeInstanceOf(MalformedXml)
  })

  test('too many tags or bytes, before the parser sees them', () => {
    expect(refusal(`<article>${'<p/>'.repeat(1_000_001)}</article>`)).toBeInstanceOf(XmlTooLarge)
    expect(refusal(Buffer.alloc(32 * 1024 * 1024 + 1, 0x20))).toBeInstanceOf(XmlTooLarge)
  })
})

test('whatever is given is read or refused for good, never anything else', () => {
  const check = (xml: string | Uint8Array) => {
    expect([undefined, false]).toContain(Object(refusal(xml)).retry)
  }
  fc.assert(fc.property(broken, check), { numRuns: 500 })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check))
})

test.each(['<!--', '<?', '<!DOCTYPE "', '<!ENTITY', "<!'", '<?xml ', '<!['])(
  'much of %s is refused in no time',
  (piece) => {
    expect(refusal(piece.repeat(200_000))).toHaveProperty('retry', false)
  },
)
