import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, onTestFinished, test } from 'vitest'
import { names, startQueues } from '../adaptor/adaptor.fixture.ts'
import { databaseUrl, startLax, token, type Lax } from '../lax.fixture.ts'
import { encodeNotification, sendToQueue } from './message.ts'
import { startSender } from './sender.ts'
import { sampleArticle } from '../rules/samples.fixture.ts'
import { outboxBacklog, sendOutbox, type Notification } from '../store/outbox.ts'

/** Notifications of what changed: from the outbox to the queue, over the AWS SDK. */

const logger = createLogger({ service: 'lax', level: 'silent' })
const patient = { timeout: 20_000 }
const migrations = new URL('../migrations/', import.meta.url)

async function ingest(lax: Lax, id: string, more: Record<string, unknown> = {}, query = '') {
  const answer = await lax.put(`/${id}/versions/1${query}`, { article: sampleArticle({ id, ...more }), run: 'r' })
  expect(answer.statusCode).toBe(200)
}

/** Takes what is in the outbox, in its order. */
async function told(lax: Lax): Promise<string[]> {
  const articles: string[] = []
  await sendOutbox(lax.sql, async ({ article }) => void articles.push(article))
  return articles
}

test('an ingest and a publication tell of the article and of those related to it, each once', async () => {
  await using lax = await startLax()
  await ingest(lax, '00001')
  await ingest(lax, '00002', { '-related-articles-internal': ['00003', '99999'] })
  await ingest(lax, '00003', { '-related-articles-internal': ['00002', '00001'] })
  expect(await told(lax)).toEqual(['00001', '00002', '00003', '00001', '00002'])
  await lax.post('/00002/versions/1', { run: 'r' })
  expect(await told(lax)).toEqual(['00002', '00003'])
})

test('what changes nothing tells nothing: a repetition, a dry run, a refusal', async () => {
  await using lax = await startLax()
  await ingest(lax, '00001')
  await lax.post('/00001/versions/1', { run: 'r' })
  await told(lax)
  await lax.post('/00001/versions/1', { run: 'r' })
  await ingest(lax, '00001', {}, '?force=true')
  await ingest(lax, '00001', { title: 'Dry' }, '?force=true&dry-run=true')
  await lax.put('/00001/versions/1', { article: sampleArticle({ id: '00001', title: 5 }), run: 'r' })
  expect(await told(lax)).toEqual([])
})

test('an ingest that publishes, and a fragment, are one change each', async () => {
  await using lax = await startLax()
  await ingest(lax, '00001', {}, '?publish=true')
  expect(await told(lax)).toEqual(['00001'])
  await lax.request('POST', '/api/v2/articles/1/fragments/extra', { extra: 1 })
  expect(await told(lax)).toEqual(['00001'])
  await lax.request('DELETE', '/api/v2/articles/1/fragments/extra')
  expect(await told(lax)).toEqual(['00001'])
})

test('what is told is visible already', async () => {
  await using lax = await startLax()
  const seen: [number, number][] = []
  const visible = async ({ article }: Notification) => {
    const answer = await lax.get(`/${article}`)
    seen.push([answer.statusCode, (await lax.sql`select 1 from outbox`).length])
  }
  const sender = await startSender({ sql: lax.sql, send: visible, logger })
  onTestFinished(sender.close)
  await ingest(lax, '00001', {}, '?publish=true')
  await expect.poll(() => seen).toEqual([[200, 1]])
})

test('several senders share the work, and send nothing twice', async () => {
  await using lax = await startLax()
  for (let n = 1; n <= 12; n++) await ingest(lax, String(n).padStart(5, '0'))
  const sent: string[] = []
  const send = async ({ article }: Notification) => void sent.push(article)
  await Promise.all([sendOutbox(lax.sql, send), sendOutbox(lax.sql, send)])
  expect(sent.toSorted()).toEqual(Array.from({ length: 12 }, (_, n) => String(n + 1).padStart(5, '0')))
})

test('the queue gets what the original sends, with the id of the change beside it', async () => {
  await using lax = await startLax()
  const queues = await startQueues()
  await ingest(lax, '00353')
  await sendOutbox(lax.sql, sendToQueue(queues.clients.sqs, names.queues.articleChanges))
  expect(queues.bodies(names.queues.articleChanges)).toEqual(['{"type":"article","id":353}'])
  expect(encodeNotification({ article: 'ijm-00202' })).toBe('{"type":"article","id":"ijm-00202"}')
})

test('while the queue is down notifications wait, in their order', async () => {
  await using lax = await startLax()
  await ingest(lax, '00001')
  await ingest(lax, '00002')
  const down = async () => {
    throw new Error('down')
  }
  await expect(sendOutbox(lax.sql, down)).rejects.toThrow('down')
  expect(await outboxBacklog(lax.sql)).toMatchObject({ waiting: 2 })
  expect(await told(lax)).toEqual(['00001', '00002'])
})

test('a sender that dies before the commit sends again, by the same id', async () => {
  await using lax = await startLax()
  await ingest(lax, '00001')
  // A connection of its own, which dies with it: others go on with those of the store.
  const sender = await connectDatabase({ url: databaseUrl, schema: 'lax', migrations, logger, max: 1 })
  onTestFinished(() => sender.end({ timeout: 1 }))
  const changes: string[] = []
  const sendAndDie = async ({ change }: Notification) => {
    changes.push(change)
    await lax.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction' and query like '%outbox%'`
  }
  await expect(sendOutbox(sender, sendAndDie)).rejects.toThrow()
  await sendOutbox(lax.sql, async ({ change }) => void changes.push(change))
  expect(changes).toHaveLength(2)
  expect(new Set(changes).size).toBe(1)
})

test('a process that is killed between change and notification has its successor send it', async () => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const queues = await startQueues()
  const sql = await connectDatabase({ url: database.url, schema: 'lax', migrations, logger, max: 1 })
  stack.defer(() => sql.end())
  const start = async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../main.ts', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        AWS_ENDPOINT_URL: queues.aws.url,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        PREFIX: 'test-',
        ORGANISATION: 'continuum',
        DATABASE_URL: database.url,
        PORT: '0',
        LAX_TOKEN: token,
        JOURNALS: '[{"name":"eLife","publisher":"P","prefix":"elife","doiPrefix":"10.7554/eLife."}]',
      },
    })
    stack.defer(() => void child.kill('SIGKILL'))
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"event":"ready"')) return { child, url: String(JSON.parse(line).url) }
    }
    throw new Error('lax did not start')
  }
  queues.aws.faults.add({ service: 'sqs', operation: 'SendMessage', fault: 'failure' })
  const first = await start()
  const answer = await fetch(`${first.url}/api/v2/articles/1/versions/1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ article: sampleArticle({ id: '00001' }), run: 'r' }),
  })
  expect(answer.status).toBe(200)
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  expect(queues.bodies(names.queues.articleChanges)).toEqual([])
  expect(await sql`select article from outbox`).toEqual([{ article: '00001' }])
  queues.aws.faults.clear()
  await start()
  await expect.poll(() => queues.bodies(names.queues.articleChanges), patient).toEqual(['{"type":"article","id":1}'])
  await expect.poll(async () => (await sql`select 1 from outbox`).length, patient).toBe(0)
})
