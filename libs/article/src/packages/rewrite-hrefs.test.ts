import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { versionedFileName } from '../naming/asset-name.ts'
import { rewriteHrefs } from './rewrite-hrefs.ts'
import { broken } from '../testing/broken.ts'
import { areThere, packages, whereFrom } from '../testing/real-articles.ts'

const renames = new Map(
  [
    'elife-00001.xml',
    'elife-00001.pdf',
    'elife-00001-fig1.tif',
    'elife-00001-inf1.tif',
    'elife-00001-media1.mov',
    'elife-00001-supp1.xlsx',
  ].map((name) => [name, versionedFileName(name, 2)]),
)
const marked = (text: string) => text.replaceAll(/xlink:href="elife-\d+[^"]*"/g, 'xlink:href="?"')
const rewrite = (xml: string) => Buffer.from(rewriteHrefs(Buffer.from(xml), renames)).toString()

describe('a name that means a file of the package', () => {
  test.each([
    ['<graphic xlink:href="elife-00001-fig1"/>', '<graphic xlink:href="elife-00001-fig1-v2"/>'],
    ['<graphic xlink:href="elife-00001-fig1-v1"/>', '<graphic xlink:href="elife-00001-fig1-v2"/>'],
    ['<graphic xlink:href="elife-00001-fig1.tif"/>', '<graphic xlink:href="elife-00001-fig1-v2.tif"/>'],
    ['<graphic xlink:href="elife-00001-fig1-v10.tiff"/>', '<graphic xlink:href="elife-00001-fig1-v2.tif"/>'],
    ["<graphic a='>' l:href = 'elife-00001-fig1'>", "<graphic a='>' l:href = 'elife-00001-fig1-v2'>"],
    ['<inline-graphic xlink:href="elife-00001-inf1-v1"/>', '<inline-graphic xlink:href="elife-00001-inf1-v2"/>'],
    ['<media\n xlink:href="elife-00001-supp1.xls"/>', '<media\n xlink:href="elife-00001-supp1-v2.xlsx"/>'],
    [
      '<self-uri content-type="pdf" xlink:href="elife-00001-v1.pdf"/>',
      '<self-uri content-type="pdf" xlink:href="elife-00001-v2.pdf"/>',
    ],
    [
      '<ext-link xlink:href="elife-00001-supp1.xlsx">x</ext-link>',
      '<ext-link xlink:href="elife-00001-supp1-v2.xlsx">x</ext-link>',
    ],
    ['<graphic xlink:href="figures/elife-00001-fig1.tif"/>', '<graphic xlink:href="elife-00001-fig1-v2.tif"/>'],
    ['<graphic xlink:href="info:doi/10.5555/elife-00001-fig1"/>', '<graphic xlink:href="elife-00001-fig1-v2"/>'],
    ['<graphic xlink:href="ELIFE-00001-fig1.TIF"/>', '<graphic xlink:href="elife-00001-fig1-v2.tif"/>'],
    ['<graphic xlink:href="elife-00001%2Dfig1.tif"/>', '<graphic xlink:href="elife-00001-fig1-v2.tif"/>'],
  ])('%s', (before, after) => {
    expect(rewrite(before)).toBe(after)
    expect(rewrite(after)).toBe(after)
  })
})

describe('nothing else', () => {
  test.each([
    '<media xlink:href="elife-00001-media1.mov"/>',
    '<graphic xlink:href="elife-00001-fig2"/>',
    '<graphic xlink:href="http://example.org/elife-00001-fig1.tif"/>',
    '<ext-link xlink:href="folder/elife-00001-fig1.tif"/>',
    '<related-article xlink:href="elife-00001-fig1"/>',
    '<p>elife-00001-fig1 <b title="xlink:href=\'elife-00001-fig1\'"/></p>',
    '<!-- <graphic xlink:href="elife-00001-fig1"/> -->',
    '<![CDATA[<graphic xlink:href="elife-00001-fig1"/>]]>',
    '<?x <graphic xlink:href="elife-00001-fig1"/> ?>',
    '<!DOCTYPE a SYSTEM "<graphic xlink:href=\'elife-00001-fig1\'/>" [<!ATTLIST a b CDATA "c">]>',
    '<graphic xlink:href="elife-00001-media1"/>',
    '<p>&#xE9; &nbsp; é  \r\n\t</p   ><br  />',
  ])('is changed: %s', (xml) => {
    expect(rewrite(xml)).toBe(xml)
  })

  test('is changed in an encoding other than UTF-8', () => {
    const xml = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9<graphic xlink:href="elife-00001-fig1"/></a>',
      'latin1',
    )
    const expected = xml.toString('latin1').replace('fig1', 'fig1-v2')
    expect(Buffer.from(rewriteHrefs(xml, renames)).toString('latin1')).toBe(expected)
  })
})

test('without a file that is meant, whatever is given comes back byte for byte', () => {
  const same = (xml: Uint8Array) => {
    expect(Buffer.from(rewriteHrefs(xml, renames)).equals(xml)).toBe(true)
  }
  fc.assert(
    fc.property(broken, (xml) => same(Buffer.from(xml))),
    { numRuns: 500 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), same))
})

test.each(['<!--', '<![CDATA[', '<graphic a="', "<!DOCTYPE '", '<?', '<x ', '<graphic x:href='])(
  'much of %s takes no time',
  (piece) => {
    const xml = Buffer.from(piece.repeat(200_000))
    expect(Buffer.from(rewriteHrefs(xml, renames)).equals(xml)).toBe(true)
  },
)

describe.skipIf(!areThere)(whereFrom, () => {
  test.each(packages)('$name: every file it has is named by its new name, the rest is untouched', ({ files, xml }) => {
    const names = new Map(files.map((name) => [name, versionedFileName(name, 7)]))
    const rewritten = Buffer.from(rewriteHrefs(xml, names))
    expect(marked(rewritten.toString())).toBe(marked(xml.toString()))
    const hrefs = [...rewritten.toString().matchAll(/xlink:href="(elife-\d+[^"]*)"/g)].map(([, href]) => href)
    expect(hrefs.filter((href) => !/-v7(?:\.|$)/.test(href ?? ''))).toEqual(
      files.some((f) => f.startsWith('elife-04970')) ? ['elife-04970.pdf'] : [],
    )
    expect(Buffer.from(rewriteHrefs(rewritten, names)).equals(rewritten)).toBe(true)
  })
})

test('XML in UTF-16 stays in UTF-16', () => {
  const before = '\ufeff<article>é<graphic xlink:href="elife-00001-fig1"/></article>'
  const after = before.replace('fig1', 'fig1-v2')
  const little = rewriteHrefs(Buffer.from(before, 'utf16le'), renames)
  expect(Buffer.from(little)).toEqual(Buffer.from(after, 'utf16le'))
  const big = rewriteHrefs(Buffer.from(before, 'utf16le').swap16(), renames)
  expect(Buffer.from(big)).toEqual(Buffer.from(after, 'utf16le').swap16())
})

test.each([
  ['FF FE 00', [0xff, 0xfe, 0x00]],
  ['FE FF 00 3C 00', [0xfe, 0xff, 0x00, 0x3c, 0x00]],
])('UTF-16 that ends in half a character comes back with that half: %s', (_, bytes) => {
  expect([...rewriteHrefs(Uint8Array.from(bytes), renames)]).toEqual(bytes)
})
