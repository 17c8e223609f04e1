import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, test } from 'vitest'
import { createAnswerCache } from './answer-cache.ts'
import { orWithdrawn, readArticle } from './answers.ts'
import { ingest, publish } from '../store/article-store.ts'
import { journal, sampleArticle } from '../rules/samples.fixture.ts'
import { reinstate, withdraw } from '../store/withdrawal-store.ts'
import { readSubmission } from '../rules/submission.ts'

/** Two processes of the store on one database, as two connections. That readers see their writes is tested over HTTP. */

const logger = createLogger({ service: 'lax', level: 'silent' })
const now = Temporal.Instant.from('2016-10-05T12:00:00Z')

async function startTwo(options?: { limit?: number; alone?: boolean }) {
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await testDatabase())
  const connect = async () => {
    const migrations = new URL('../migrations/', import.meta.url)
    const sql = await connectDatabase({ url, schema: 'lax', migrations, logger, max: 2 })
    stack.defer(() => sql.end())
    return sql
  }
  const [writer, reader] = [await connect(), await connect()]
  const cache = await createAnswerCache(reader, options)
  stack.defer(cache.close)
  const store = async (run: string, more: { id: string; [key: string]: unknown }, force = false) => {
    const article = more.id
    const submission = readSubmission({ article: sampleArticle(more), run }, { article, version: 1 }, [journal])
    await ingest(writer, submission, { force, hold: false, dryRun: false }, now)
    await publish(writer, { article, version: 1, run, force, journal }, { dryRun: false }, now)
  }
  const find = (article: string) =>
    cache.find(article, article, () => orWithdrawn(reader, article, () => readArticle(reader, 'published', article)))
  const text = async (article: string) => {
    const answer = await find(article)
    return answer && 'content' in answer ? answer.content(8).bytes.toString() : answer?.withdrawn
  }
  return { writer, cache, find, text, store, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

test('what another process changes is read again', async () => {
  await using two = await startTwo()
  await two.store('first', { id: '00353' })
  await expect.poll(async () => (await two.find('00353')) === (await two.find('00353'))).toBe(true)
  await two.store('second', { id: '00353', title: 'Corrected' }, true)
  await expect.poll(() => two.text('00353')).toContain('Corrected')
})

test('that there is nothing is known, until there is', async () => {
  await using two = await startTwo()
  expect(await two.find('00353')).toBeUndefined()
  await two.store('first', { id: '00353' })
  await expect.poll(() => two.text('00353')).toContain('A good life')
})

test('that another process withdraws an article is known, and that it gives it back', async () => {
  await using two = await startTwo()
  await two.store('first', { id: '00353' })
  await expect.poll(() => two.text('00353')).toContain('A good life')
  await withdraw(two.writer, '00353', { who: 'The editor', why: 'By mistake.' }, now)
  await expect.poll(() => two.text('00353')).toBe('By mistake.')
  await expect.poll(async () => (await two.find('00353')) === (await two.find('00353'))).toBe(true)
  await reinstate(two.writer, '00353', 'The editor', now)
  await expect.poll(() => two.text('00353')).toContain('A good life')
})

test('no more is kept than the limit allows, what was read longest ago goes first', async () => {
  await using two = await startTwo({ limit: 2000 })
  await two.store('run', { id: '00001' })
  await two.store('run', { id: '00002', title: 'A long life'.repeat(50) })
  await expect.poll(async () => (await two.find('00001')) === (await two.find('00001'))).toBe(true)
  const first = await two.find('00001')
  await expect.poll(async () => (await two.find('00002')) === (await two.find('00002'))).toBe(true)
  expect(await two.find('00001')).not.toBe(first)
})

test('a process that is alone is told by its own writes only', async () => {
  await using two = await startTwo({ alone: true })
  await two.store('first', { id: '00353' })
  await two.find('00353')
  await two.store('second', { id: '00353', title: 'Corrected' }, true)
  two.cache.forget('00353')
  expect(await two.text('00353')).toContain('Corrected')
})

test('what is read while an article changes is answered, and not kept', async () => {
  await using two = await startTwo({ alone: true })
  await two.store('first', { id: '00353' })
  const stale = { kind: 'vor' as const, content: () => ({ bytes: Buffer.from('{}'), digest: 'old' }), size: 2 }
  const { promise, resolve } = Promise.withResolvers<typeof stale>()
  const reading = two.cache.find('00353', '00353', () => promise)
  two.cache.forget('00353')
  resolve(stale)
  expect(await reading).toBe(stale)
  expect(await two.text('00353')).toContain('A good life')
})
