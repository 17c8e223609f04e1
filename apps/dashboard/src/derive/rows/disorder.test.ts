import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyMessages } from '../history/any-messages.fixture.ts'
import { readyRun, unixMinute } from '../history/messages.fixture.ts'
import { articleBody, currentRow } from './api-rows.ts'
import { currentOf, deriveArticle } from '../history/article.ts'
import { currentRuns } from './current.ts'
import { summarise } from './summary.ts'
import type { ArticleRequest, Received } from '../history/model.ts'

/** The pages depend on the messages, but not on the order in which they arrived, or on how often. */

const requests: ArticleRequest[] = [
  { id: 1, kind: 'publish', version: 1, run: 'a', by: 'x', at: unixMinute(3), result: 'queued', message: '' },
]

function everything(received: Received[]) {
  const article = deriveArticle('00353', received)
  return {
    summary: currentRuns(article, requests).map((place) => summarise(article, place, requests)),
    row: [currentOf(article) ?? []].flat().map((place) => currentRow(article, place, 'https://site/')),
    body: articleBody(article, ''),
  }
}

test('the same messages show the same in any order and with any repetition', () => {
  const arrivals = anyMessages.chain((list) =>
    fc.record({
      list: fc.constant(list),
      shuffled: fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      again: fc.subarray(list),
    }),
  )
  fc.assert(
    fc.property(arrivals, ({ list, shuffled, again }) => {
      expect(everything([...shuffled, ...again])).toEqual(everything(list))
      expect(everything([...again.toReversed(), ...shuffled])).toEqual(everything(list))
    }),
    { numRuns: 300 },
  )
})

test('a ready run is ready in whatever order its messages arrive', () => {
  const list = readyRun()
  fc.assert(
    fc.property(fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }), (shuffled) => {
      expect(everything(shuffled).summary).toMatchObject([{ state: 'ready', publishable: true }])
    }),
    { numRuns: 100 },
  )
})
