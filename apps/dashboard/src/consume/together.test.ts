import fc from 'fast-check'
import type { Sql } from 'postgres'
import { expect, test } from 'vitest'
import { settings, startDatabase } from '../web/dashboard.fixture.ts'
import { anyMessages } from '../derive/history/any-messages.fixture.ts'
import { event, readyRun } from '../derive/history/messages.fixture.ts'
import type { Received } from '../derive/history/model.ts'
import { listenForChanges } from '../live/changes.ts'
import { recordMessages } from './record-message.ts'

/** Messages that are stored in one transaction: the result is that of one after the other. */

const articles = ['00353', '04970', '09003']

/** Selects all that the database has of articles. */
async function stored(sql: Sql) {
  return {
    messages: await sql`select message_id, article, sent, body::text from message order by message_id`,
    articles: await sql`select id, published_at, summary::text, api_row::text from article order by id`,
    current: await sql`select *, summary::text, api_row::text from current_run order by article, version, run`,
    archived: await sql`select *, summary::text, api_row::text from archived_run order by article, version, run`,
  }
}

async function clear(sql: Sql): Promise<void> {
  await sql`truncate message, article, current_run, archived_run, list_value, dismissal`
}

/** Messages of several articles, some of them again, cut into transactions of any size. */
const arrivals = anyMessages
  .map((list) =>
    list.map(({ sent, message }, index): Received => ({
      sent,
      message: { ...message, item_identifier: articles[index % articles.length] ?? '' },
    })),
  )
  .chain((list) =>
    fc.record({
      list: fc.constant(list),
      shuffled: fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      again: fc.subarray(list),
      size: fc.integer({ min: 1, max: 15 }),
    }),
  )

test('in whatever transactions messages are stored, and how often, the rows are the same', async () => {
  await using database = await startDatabase()
  const { sql } = database
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ list, shuffled, again, size }) => {
      await clear(sql)
      await recordMessages(sql, list, settings.PREVIEW_BASE_URL)
      const atOnce = await stored(sql)
      await clear(sql)
      const rest = [...shuffled, ...again]
      while (rest.length > 0) await recordMessages(sql, rest.splice(0, size), settings.PREVIEW_BASE_URL)
      expect(await stored(sql)).toEqual(atOnce)
    }),
    // Smaller examples would take minutes to find.
    { numRuns: 8, endOnFailure: true },
  )
})

test('the feed has the messages of a transaction in their order, and each once', async () => {
  await using database = await startDatabase()
  const { sql } = database
  const list = readyRun()
  await recordMessages(sql, [...list.slice(0, 8), ...list.slice(0, 3), ...list.slice(4)], settings.PREVIEW_BASE_URL)
  const rows = await sql<{ message_id: string }[]>`select message_id from message order by sequence`
  expect(rows.map(({ message_id }) => message_id)).toEqual(list.map(({ message }) => message.message_id))
})

test('a transaction notifies of each article that it changes once, and of none that it does not', async () => {
  await using database = await startDatabase()
  const { sql } = database
  const heard: (string | null)[] = []
  const changes = await listenForChanges(sql)
  await using stack = new AsyncDisposableStack()
  stack.defer(changes.close)
  changes.subscribe(({ article }) => void heard.push(article))
  const of = (article: string) => event(0, 'Post EIF', 'start', { item_identifier: article })
  const three = [of('00353'), of('04970'), of('00353')]
  await recordMessages(sql, three, settings.PREVIEW_BASE_URL)
  await recordMessages(sql, three, settings.PREVIEW_BASE_URL)
  await recordMessages(sql, [of('09003')], settings.PREVIEW_BASE_URL)
  await expect.poll(() => heard.length).toBe(3)
  expect(heard).toEqual(['00353', '04970', '09003'])
})
