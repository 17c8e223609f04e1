import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatXml } from '../../shared/xml.ts'
import { anyText } from '../../testing/internal/s3-text.ts'
import { childText, childrenOf, readXml } from './xml-reader.ts'

test('a written document is read back', () => {
  fc.assert(
    fc.property(fc.array(anyText()), (texts) => {
      const root = readXml(formatXml('Delete', { Object: texts.map((Key) => ({ Key })) }, 'urn:x'), 'Delete')
      expect(childrenOf(root, 'Object').map((object) => childText(object, 'Key'))).toEqual(texts)
    }),
  )
})

test('reads prefixes, attributes, comments, character data and entities', () => {
  const root = readXml(
    '<?xml version="1.0"?><!-- c --><s:A xmlns:s="u">\n<s:B x="1"/><s:C><![CDATA[<&>]]>&#233;&#x1F600;&apos;</s:C></s:A>\n',
    'A',
  )
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['B', ''],
    ['C', "<&>é😀'"],
  ])
})

test.each([
  ['', 'nothing'],
  ['<A>', 'an open element'],
  ['<A></B>', 'a wrong end'],
  ['</A>', 'an end alone'],
  ['<A/><A/>', 'two roots'],
  ['<A/>text', 'text behind the root'],
  ['<B/>', 'another root'],
  ['<!DOCTYPE A [<!ENTITY x "y">]><A>&x;</A>', 'a document type'],
  ['<A>&x;</A>', 'an unknown entity'],
  ['<A>&#x110000;</A>', 'a character beyond Unicode'],
  ['<A'.repeat(3), 'tags within tags'],
  ['<A>'.repeat(50) + '</A>'.repeat(50), 'too deep a document'],
])('refuses %s (%s)', (document) => {
  expect(() => readXml(document, 'A')).toThrow(expect.objectContaining({ code: 'MalformedXML' }))
})
