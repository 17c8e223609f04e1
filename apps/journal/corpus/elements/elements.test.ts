import { describe, expect, test } from 'vitest'
import { convert } from '../convert.ts'
import { journalOf } from '../run.ts'
import { articleWith, places, type ExamplePlace } from './article.ts'
import { shownBehind } from './back-examples.ts'
import { shown, type Examples } from './examples.ts'
import { explained, reported } from './other-examples.ts'
import { elementNames, emptyElements } from './names.ts'

const journal = journalOf('elements')
const letters = 'bcdfghjklmnpqrstvw'

/** Each `§` of an example becomes a word that stands nowhere else. */
function marked(example: string) {
  const words: string[] = []
  const xml = example.replaceAll('§', () => {
    const word = `Qz${letters[words.length % letters.length]}${'x'.repeat(1 + Math.floor(words.length / letters.length))}k`
    words.push(word)
    return word
  })
  return { xml, words }
}

/** The outcome of an example: the words that the page lacks, and how many of them the loss report tells of. */
function outcomeOf(place: ExamplePlace, example: string) {
  const { xml, words } = marked(example)
  const article = articleWith(place, xml)
  expect(article).toContain(xml)
  const outcome = convert('elements__joe-7.xml', Buffer.from(article), journal)
  const page = (outcome.page ?? '')
    .replace(/^[^]*<body/, '')
    .replaceAll(/<nav[^]*?<\/nav>/g, '')
    .toLowerCase()
  const told = outcome.losses.reduce((sum, loss) => sum + loss.words, 0)
  const missing = words.filter((word) => !page.includes(word.toLowerCase()))
  return { ...outcome, missing, told }
}

function table(examples: Examples) {
  return places.flatMap((place) => (examples[place] ?? []).map((example) => [place, example] as const))
}

describe('on the page is', () => {
  test.each([...table(shown), ...table(shownBehind)])('in %s: %s', (place, example) => {
    const { missing, refusals, invalid, words } = outcomeOf(place, example)
    expect({ missing, refusals, invalid, ...words }).toMatchObject({
      missing: [],
      refusals: [],
      invalid: [],
      silent: 0,
    })
  })
})

describe('in the loss report is', () => {
  test.each(table(reported))('in %s: %s', (place, example) => {
    const { missing, told, words } = outcomeOf(place, example)
    expect(missing).not.toEqual([])
    expect(told).toBe(missing.length)
    expect(words.silent).toBe(0)
  })
})

describe('used otherwise is', () => {
  test.each(table(explained))('in %s: %s', (place, example) => {
    const { missing, told, words } = outcomeOf(place, example)
    expect(missing).not.toEqual([])
    expect({ told, silent: words.silent }).toEqual({ told: 0, silent: 0 })
  })
})

test('every element of JATS that may hold text is in an example', () => {
  const text = [shown, shownBehind, reported, explained]
    .flatMap(table)
    .map(([place, example]) => articleWith(place, example))
    .join('')
  const used = new Set([...text.matchAll(/<([\w:-]+)/g)].map(([, name]) => name))
  expect(elementNames.filter((name) => !used.has(name) && !emptyElements.includes(name))).toEqual([])
})
