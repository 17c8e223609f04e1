import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, test } from 'vitest'
import { createArticleCache } from './article-cache.ts'
import { ingest, publish } from './article-store.ts'
import { journal, sampleArticle } from '../rules/samples.fixture.ts'
import { readSubmission } from '../rules/submission.ts'

/** Two processes of the store on one database, as two connections. That readers see their writes is tested over HTTP. */

const logger = createLogger({ service: 'lax', level: 'silent' })
const now = Temporal.Instant.from('2016-10-05T12:00:00Z')

async function startTwo(limit?: number) {
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await testDatabase())
  const connect = async () => {
    const migrations = new URL('../migrations/', import.meta.url)
    const sql = await connectDatabase({ url, schema: 'lax', migrations, logger, max: 2 })
    stack.defer(() => sql.end())
    return sql
  }
  const [writer, reader] = [await connect(), await connect()]
  const cache = await createArticleCache(reader, limit)
  stack.defer(cache.close)
  const store = async (run: string, more: { id: string; [key: string]: unknown }, force = false) => {
    const article = more.id
    const submission = readSubmission({ article: sampleArticle(more), run }, { article, version: 1 }, [journal])
    await ingest(writer, submission, { force, hold: false, dryRun: false }, now)
    await publish(writer, { article, version: 1, run, force }, { dryRun: false }, now)
  }
  return { cache, reader, store, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

test('what another process changes is read again', async () => {
  await using two = await startTwo()
  await two.store('first', { id: '00353' })
  const find = () => two.cache.find('published', '00353')
  await expect.poll(async () => (await find()) === (await find())).toBe(true)
  await two.store('second', { id: '00353', title: 'Corrected' }, true)
  await expect.poll(async () => (await find())?.bytes.toString()).toContain('Corrected')
})

test('no more is kept than the limit allows, what was read longest ago goes first', async () => {
  await using two = await startTwo(1000)
  await two.store('run', { id: '00001' })
  await two.store('run', { id: '00002', title: 'A long life'.repeat(50) })
  const find = (article: string) => two.cache.find('published', article)
  await expect.poll(async () => (await find('00001')) === (await find('00001'))).toBe(true)
  const first = await find('00001')
  await find('00002')
  expect(await find('00001')).not.toBe(first)
})

test('what only some may see is never kept', async () => {
  await using two = await startTwo()
  await two.store('run', { id: '00001' })
  const seen = await two.cache.find('everything', '00001')
  expect(await two.cache.find('everything', '00001')).not.toBe(seen)
})
