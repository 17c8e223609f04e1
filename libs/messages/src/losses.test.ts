import { expect, test } from 'vitest'
import { encodeLosses, readLosses, type Losses } from './losses.ts'

const entry = { line: 12, xpath: '/article/body[1]/p[1]', excerpt: 'rivers bend', why: 'It is not shown.' }
const losses = (entries: number): Losses => ({
  summary: 'Something is not shown.',
  kinds: [
    {
      kind: 'footnote',
      severity: 'finding',
      label: 'footnotes',
      count: entries,
      words: entries,
      entries: Array.from({ length: entries }, () => entry),
    },
  ],
  report: 's3://bucket/key',
})

test('losses come out as they went in', () => {
  expect(readLosses(encodeLosses(losses(3)))).toEqual(losses(3))
})

test('however many there are the text is bounded, and says how many there are', () => {
  const text = encodeLosses(losses(50_000), 10_000)
  expect(text.length).toBeLessThanOrEqual(10_000)
  const [kind] = readLosses(text)?.kinds ?? []
  expect(kind?.count).toBe(50_000)
  expect(kind?.entries.length).toBeGreaterThan(10)
})

test.each(['', 'no JSON', '{}', '{"summary":"x"}'])('a text that is none is read as none: %j', (text) => {
  expect(readLosses(text)).toBeUndefined()
})
