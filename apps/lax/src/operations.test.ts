import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { connectDatabase, createLogger, createServiceHealth, readSettings } from '@continuum/service'
import { LaxSettings } from '@continuum/settings'
import { testDatabase } from '@continuum/service/testing'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { createLax } from './app.ts'
import { startQueues } from './adaptor/adaptor.fixture.ts'
import { startLax, token } from './lax.fixture.ts'
import { startLax as startProcess } from './start-lax.ts'
import { journal, sampleArticle } from './rules/samples.fixture.ts'
import { sendOutbox } from './store/outbox.ts'

/** The store in operation: a database that goes and comes back, several processes, metrics. */

const logger = createLogger({ service: 'lax', level: 'silent' })
const migrations = new URL('./migrations/', import.meta.url)
const authorization = `Bearer ${token}`
const patient = { timeout: 20_000 }

/** A way to the database that can be cut. */
async function startWay(to: URL) {
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(to.port), to.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined).on('close', () => open.delete(socket))
    }
    client.pipe(upstream).pipe(client)
  })
  const listen = async (port = 0) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }
  const cut = async () => {
    server.close()
    for (const socket of open) socket.destroy()
    await once(server, 'close')
  }
  return { listen, cut }
}

test('18.7: while the database is down reads and writes are answered 503 with a time to come again, then all is as before', async () => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const url = new URL(database.url)
  const way = await startWay(new URL(database.url))
  const port = await way.listen()
  url.port = String(port)
  url.hostname = '127.0.0.1'
  const sql = await connectDatabase({ url: url.href, schema: 'lax', migrations, logger, max: 3 })
  const app = await createLax({ sql, journals: [journal], token, now: () => Temporal.Now.instant(), logger })
  stack.defer(async () => {
    await app.close()
    await sql.end({ timeout: 1 })
    await way.cut()
  })
  const path = (id: string) => `/api/v2/articles/${id}`
  const write = (id: string) => ({
    method: 'PUT' as const,
    url: `${path(id)}/versions/1?publish=true`,
    headers: { authorization, 'content-type': 'application/json' },
    payload: JSON.stringify({ article: sampleArticle({ id }), run: 'r' }),
  })
  expect((await app.inject(write('00001'))).statusCode).toBe(200)
  expect((await app.inject(path('00001'))).statusCode).toBe(200)

  await way.cut()
  const down = { title: 'unavailable' }
  for (const request of [path('00002'), write('00002')]) {
    const answer = await app.inject(request)
    expect([answer.statusCode, answer.headers['retry-after'], answer.json()]).toMatchObject([503, '5', down])
    expect(answer.headers['cache-control']).toContain('no-store')
  }
  expect((await app.inject('/status')).statusCode).toBe(503)

  await way.listen(port)
  await expect.poll(async () => (await app.inject(write('00002'))).statusCode, patient).toBe(200)
  await expect.poll(async () => (await app.inject(path('00002'))).statusCode, patient).toBe(200)
  expect((await app.inject(path('00001'))).statusCode).toBe(200)
})

test('two processes that ingest and publish one article at once leave one whole version, and each is answered truly', async () => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const connections = await Promise.all(
    [1, 2].map(() => connectDatabase({ url: database.url, schema: 'lax', migrations, logger, max: 4 })),
  )
  const processes = await Promise.all(
    connections.map((sql) => createLax({ sql, journals: [journal], token, now: () => Temporal.Now.instant(), logger })),
  )
  stack.defer(async () => {
    for (const app of processes) await app.close()
    for (const sql of connections) await sql.end({ timeout: 1 })
  })
  const url = '/api/v2/articles/353/versions/1'
  const headers = { authorization, 'content-type': 'application/json' }
  const deliver = async (run: string, app: (typeof processes)[number]) => {
    const payload = JSON.stringify({ article: sampleArticle({ title: `Of ${run}` }), run })
    const put = await app.inject({ method: 'PUT', url, headers, payload })
    const post = await app.inject({ method: 'POST', url, headers, payload: JSON.stringify({ run }) })
    return { run, ingested: put.statusCode === 200, published: post.statusCode === 200, code: post.json().code }
  }
  const runs = Array.from({ length: 8 }, (_, n) => `run-${n}`)
  const outcomes = await Promise.all(
    runs.flatMap((run, n) => processes.slice(n % 2, (n % 2) + 1).map((app) => deliver(run, app))),
  )
  const published = outcomes.filter((outcome) => outcome.published)
  expect(published).toHaveLength(1)
  for (const { published: is, code } of outcomes) {
    if (!is) expect(['superseded', 'already-published', 'record-not-found']).toContain(code)
  }
  const title = `Of ${published[0]?.run}`
  for (const app of processes) {
    await expect.poll(async () => (await app.inject('/api/v2/articles/353')).json().title, patient).toBe(title)
    expect((await app.inject('/api/v2/articles')).json()).toMatchObject({ total: 1, items: [{ title }] })
  }
})

test('a store on a restored database has all that was committed, goes on, and tells what was not told', async () => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const open = async (url: string) => {
    const sql = await connectDatabase({ url, schema: 'lax', migrations, logger, max: 2 })
    const app = await createLax({ sql, journals: [journal], token, now: () => Temporal.Now.instant(), logger })
    const close = async () => {
      await app.close()
      await sql.end({ timeout: 1 })
    }
    const write = (id: string, more = {}, query = '?publish=true') =>
      app.inject({
        method: 'PUT',
        url: `/api/v2/articles/${id}/versions/1${query}`,
        headers: { authorization, 'content-type': 'application/json' },
        payload: JSON.stringify({ article: sampleArticle({ id, ...more }), run: 'r' }),
      })
    const seen = async (path: string) =>
      (await app.inject({ url: `/api/v2/articles${path}`, headers: { authorization } })).json()
    return { sql, write, seen, close }
  }
  const first = await open(database.url)
  await first.write('00001', { '-related-articles-internal': ['00002'] })
  await first.write('00002', {}, '')
  const before = [await first.seen(''), await first.seen('/1'), await first.seen('/2'), await first.seen('/1/related')]
  await first.close()

  // The copy of a whole database that PostgreSQL itself makes stands for a snapshot.
  const name = `${new URL(database.url).pathname.slice(1)}_restored`
  const server = new URL(database.url)
  server.pathname = '/postgres'
  const admin = postgres(server.href, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(name)} template ${admin(new URL(database.url).pathname.slice(1))}`
  const restored = new URL(database.url)
  restored.pathname = `/${name}`
  const second = await open(restored.href)
  stack.defer(async () => {
    await second.close()
    await admin`drop database if exists ${admin(name)} with (force)`
    await admin.end({ timeout: 1 })
  })
  expect([
    await second.seen(''),
    await second.seen('/1'),
    await second.seen('/2'),
    await second.seen('/1/related'),
  ]).toEqual(before)
  const told: string[] = []
  await sendOutbox(second.sql, async ({ article }) => void told.push(article))
  expect(told).toEqual(['00001', '00002', '00001'])
  expect((await second.write('00003')).statusCode).toBe(200)
  expect((await second.seen('')).total).toBe(3)
})

test('a process hears of what others change, unless it is set not to; of its own changes it knows', async () => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  await startQueues()
  const start = async (LISTEN_FOR_CHANGES?: string) => {
    const settings = readSettings(LaxSettings, {
      PREFIX: 'test-',
      ORGANISATION: 'continuum',
      DATABASE_URL: database.url,
      PORT: '0',
      LAX_TOKEN: token,
      JOURNALS: '[{"name":"eLife","publisher":"P","prefix":"elife","doiPrefix":"10.7554/eLife."}]',
      LISTEN_FOR_CHANGES,
    })
    const closing: (() => unknown)[] = []
    stack.defer(async () => {
      for (const close of closing.toReversed()) await close()
    })
    const { url } = await startProcess({
      settings,
      logger,
      health: createServiceHealth('lax'),
      onClose: (close) => void closing.push(close),
    })
    return {
      title: async () => Object(await (await fetch(`${url}/api/v2/articles/353`)).json()).title,
      publish: (title: string) =>
        fetch(`${url}/api/v2/articles/353/versions/1?publish=true&force=true`, {
          method: 'PUT',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ article: sampleArticle({ title }), run: title }),
        }),
    }
  }
  const [writer, listening, deaf] = [await start(), await start(), await start('false')]
  await writer.publish('First')
  for (const one of [listening, deaf]) await expect.poll(one.title, patient).toBe('First')
  await writer.publish('Second')
  await expect.poll(listening.title, patient).toBe('Second')
  expect(await deaf.title()).toBe('First')
  await deaf.publish('Third')
  expect(await deaf.title()).toBe('Third')
  await expect.poll(listening.title, patient).toBe('Third')
})

test('metrics count requests and what waits to be sent, and the port of the store does not tell them', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1', { article: sampleArticle(), run: 'r' })
  await lax.get('/9')
  expect((await lax.request('GET', '/metrics')).statusCode).toBe(404)
  const told = await lax.health.registry.metrics()
  const count = (method: string, route: string, status: number) =>
    `http_request_duration_seconds_count{method="${method}",route="/api/v2/articles${route}",status="${status}"} 1\n`
  expect(told).toContain(count('PUT', '/:id/versions/:version', 200))
  expect(told).toContain(count('GET', '/:id', 404))
  expect(told).toContain('lax_outbox_waiting 1\n')
})
