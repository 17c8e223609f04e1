import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isElement, textOf, type Element, type Node } from '../jats/tree.ts'
import { vocabularyOf } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** By its definition: the words of the text of each element, read again for each. */
function* vocabularyBy(element: Element): Generator<string> {
  const texts = [element.name, ...Object.values(element.attributes), textOf(element)]
  for (const child of element.children) {
    if (isElement(child)) yield* vocabularyBy(child)
    else texts.push(child)
  }
  for (const word of wordsOf(texts.join('\n')).words) {
    yield word.toLowerCase()
    for (const [year] of word.matchAll(/\d{4}/g)) yield year
  }
}

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({
      unit: fc.constantFrom('a', 'B', 'é', 'e\u0301', '2', '0', '1', ' ', '-', '\u00ad', '.', '\n', 'ß', '日'),
      maxLength: 8,
    }),
    fc
      .tuple(
        fc.constantFrom('sub', 'p'),
        fc.dictionary(fc.constantFrom('id', 'rid'), fc.string()),
        fc.array(tie('node'), { maxLength: 4 }),
      )
      .map(([name, attributes, children]): Element => ({ name, attributes, children, line: 1 })),
  ),
}))

test('it has the words of each text, and those that texts make together within each element', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 5 }), (children) => {
      const element: Element = { name: 'article', attributes: {}, children, line: 1 }
      expect([...vocabularyOf(element)].toSorted()).toEqual([...new Set(vocabularyBy(element))].toSorted())
    }),
    { numRuns: 3_000 },
  )
})

test('a word that is as long as a sequence is one word', () => {
  const long = 'ACGT'.repeat(300)
  const element: Element = {
    name: 'p',
    attributes: {},
    children: [`x ${long}`, { name: 'b', attributes: {}, children: ['T'], line: 1 }],
    line: 1,
  }
  expect(vocabularyOf(element)).toContain(`${long}t`.toLowerCase())
})
