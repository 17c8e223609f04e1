import { parseXml, textOf } from '@continuum/article/jats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { el, elUnlessEmpty, elWith, writeXml } from './element.ts'
import { inlineIn, textOfMade } from './inline.ts'
import { plainText } from './plain-text.ts'

/** Text that XML can hold: no control characters, no lone surrogates. */
const text = fc.string({ unit: 'grapheme' }).filter((written) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(written))
const way = { tags: { italic: 'i', sup: 'sup' }, formula: { words: '[formula]' } } as const

test('whatever text is written is read again', () => {
  fc.assert(
    fc.property(text, text, (content, attribute) => {
      const { root } = parseXml(writeXml(el('a', elWith('b', { c: attribute }, `x${content}x`))))
      const [b] = root.children.filter((child) => typeof child !== 'string')
      expect(textOfMade(b === undefined ? [] : b.children.filter((child) => typeof child === 'string'))).toBe(
        `x${content}x`,
      )
      expect(b?.attributes['c']).toBe(attribute)
    }),
  )
})

test('inline text keeps its words and has no two blanks, nor one at its ends', () => {
  const node = fc.oneof(
    fc.constantFrom(' ', '\n  ', 'a', 'b c', ' d ', ''),
    fc.record({
      name: fc.constantFrom('italic', 'sup', 'unknown'),
      attributes: fc.constant({}),
      line: fc.constant(1),
      children: fc.array(fc.constantFrom(' ', 'e', ' f', 'g '), { maxLength: 3 }),
    }),
  )
  fc.assert(
    fc.property(fc.array(node, { maxLength: 6 }), (children) => {
      const element = { name: 'p', attributes: {}, line: 1, children: ['x', ...children] }
      const made = textOfMade(inlineIn(element, way))
      expect(made.trimEnd()).toBe(textOf(element))
      expect(made).not.toMatch(/ {2}|^ /)
      expect(plainText(element.children)).toBe(textOf(element))
    }),
  )
})

test('an element that would be empty is left out', () => {
  expect(elUnlessEmpty('a', undefined, false, '', [])).toBeUndefined()
  expect(elUnlessEmpty('a', [['x']])).toEqual(el('a', 'x'))
})
