import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broken } from '../testing/broken.ts'
import { ForbiddenEntity, MalformedXml, XmlTooLarge } from './errors.ts'
import { parseArticleXml } from './parse.ts'
import { textOf } from './tree.ts'

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
      children: [{ name: 'p', attributes: {}, children: ['x', { name: 'i', attributes: {}, children: ['y'] }, '<z>'] }],
    })
  })

  test('names in a known namespace have their usual prefix, whatever the document writes', () => {
    const { root } = parseArticleXml(
      '<article xmlns:m="http://www.w3.org/1998/Math/MathML" xmlns:l="http://www.w3.org/1999/xlink"><m:math l:href="x"/></article>',
    )
    expect(root.children).toEqual([{ name: 'mml:math', attributes: { 'xlink:href': 'x' }, children: [] }])
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
    expect(refusal('')).toBeInstanceOf(MalformedXml)
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

  test('an encoding in which declarations could hide', () => {
    expect(refusal('<?xml version="1.0" encoding="UTF-7"?><article/>')).toBeInstanceOf(MalformedXml)
    expect(refusal(Buffer.from('\ufeff<article/>', 'utf16le'))).toHaveProperty(
      'message',
      expect.stringContaining('UTF-16'),
    )
    expect(refusal(Buffer.from('<article/>', 'utf16le'))).toHaveProperty('message', expect.stringContaining('UTF-16'))
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
