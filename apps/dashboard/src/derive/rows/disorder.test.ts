import type { Event, Property } from '@continuum/messages'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minute, publicationData, readyRun, unixMinute } from '../history/messages.fixture.ts'
import { articleBody, currentRow } from './api-rows.ts'
import { currentOf, deriveArticle } from '../history/article.ts'
import { currentRuns } from './current.ts'
import { summarise } from './summary.ts'
import type { ArticleRequest, Received } from '../history/model.ts'

/** The pages depend on the messages, but not on the order in which they arrived, or on how often. */

const version = fc.constantFrom('0', '1', 2)
const moment = fc.integer({ min: 0, max: 6 })

const anyEvent = fc
  .record({
    at: moment,
    sent: moment,
    run: fc.constantFrom('a', 'b', 'c'),
    version,
    type: fc.constantFrom(
      'Delivery',
      'Waiting',
      'Expand Article',
      'Resize Images',
      'Ready To Publish',
      'Check Approval',
    ),
    status: fc.constantFrom('start', 'end', 'error', 'retry', 'skipped'),
    attempt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  })
  .map(({ at, sent, run, version: of, type, status, attempt }): Received<Event> => ({
    sent: unixMinute(sent),
    message: {
      message_type: 'event',
      item_identifier: '00353',
      version: of,
      run,
      event_type: type,
      timestamp: minute(at),
      status,
      message: `${type} ${status}`,
      message_id: '',
      ...(attempt !== undefined && { attempt, attempts: 3 }),
      ...(status === 'retry' && { retry_at: minute(at + 1) }),
    },
  }))

const said = fc.constantFrom(
  ['publication-status', 'ready to publish'],
  ['publication-status', 'published'],
  ['publication-status', 'hidden'],
  ['_publication-data', publicationData('a')],
  ['_publication-data', publicationData('b')],
  ['title', 'one'],
  ['title', 'other'],
)

const anyProperty = fc
  .record({ sent: moment, said, version })
  .map(({ sent, said: [name = '', value = ''], version: of }): Received<Property> => ({
    sent: unixMinute(sent),
    message: {
      message_type: 'property',
      item_identifier: '00353',
      version: of,
      name,
      value,
      property_type: 'text',
      message_id: '',
    },
  }))

const messages = fc
  .array(fc.oneof(anyEvent, anyProperty), { maxLength: 30 })
  .map((list) => list.map((one, index): Received => ({ ...one, message: { ...one.message, message_id: `m${index}` } })))

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
  const arrivals = messages.chain((list) =>
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
