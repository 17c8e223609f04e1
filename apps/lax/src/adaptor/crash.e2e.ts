import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { journalSettings } from '@continuum/package/testing'
import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, onTestFinished, test } from 'vitest'
import { sampleArticle } from '../rules/samples.fixture.ts'
import { bucketUrl, names, startQueues } from './adaptor.fixture.ts'

/** The adaptor as a process of its own, killed between the change that it made and the reply that tells of it. */

const entry = fileURLToPath(new URL('main.ts', import.meta.url))

function startProcess(database: string, endpoint: string) {
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      PREFIX: 'test-',
      ORGANISATION: 'continuum',
      DATABASE_URL: database,
      CDN_URL: 'https://cdn.example.org',
      JOURNALS: JSON.stringify([journalSettings]),
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ready = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line).url)
    }),
  )
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { ready, ended, kill: (signal: 'SIGKILL' | 'SIGTERM') => child.kill(signal) }
}

const patient = { timeout: 20_000 }

test('a change is made once and replied to once, though the process dies in between', async () => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const queues = await startQueues()
  const { url } = queues.aws
  const first = startProcess(database.url, url)
  await first.ready
  const logger = createLogger({ service: 'lax', level: 'silent' })
  const migrations = new URL('../migrations/', import.meta.url)
  const sql = await connectDatabase({ url: database.url, schema: 'lax', migrations, logger, max: 1 })
  stack.defer(() => sql.end())
  await queues.put('a.json', JSON.stringify({ article: sampleArticle({ id: '00007', doi: '10.5555/journal.00007' }) }))
  const request = { action: 'ingest+publish', location: `${bucketUrl}/a.json`, id: '7', version: 1, token: 'a token' }
  // The first call is this test's own.
  await queues.send(request)
  queues.aws.faults.add({ service: 'sqs', operation: 'SendMessage', fault: 'failure' })
  await expect.poll(async () => (await sql`select event from event`).length, patient).toBe(2)
  first.kill('SIGKILL')
  expect(await first.ended).toBe('SIGKILL')
  expect(queues.bodies(names.queues.laxReplies)).toEqual([])
  expect(queues.bodies(names.queues.laxRequests)).toHaveLength(1)

  queues.aws.faults.clear()
  await queues.put('a.json', 'gone meanwhile')
  const second = startProcess(database.url, url)
  const health = await second.ready
  const replied = () => queues.bodies(names.queues.laxReplies).length
  await expect.poll(() => (queues.clock.advance(60_000), replied()), patient).toBe(1)
  expect(await queues.reply()).toMatchObject({
    status: 'published',
    token: 'a token',
    datetime: '2012-12-13T00:00:00Z',
  })
  expect(await sql`select event from event order by sequence`).toMatchObject([
    { event: 'ingest' },
    { event: 'publish' },
  ])
  await expect.poll(() => queues.bodies(names.queues.laxRequests), patient).toEqual([])
  expect(await (await fetch(`${health}/status`)).json()).toMatchObject({ service: 'lax-adaptor' })
  expect(await (await fetch(new URL('/metrics', health))).text()).toContain(
    'lax_queue_requests_total{service="lax-adaptor",action="ingest+publish",status="repeated"} 1\n',
  )
  second.kill('SIGTERM')
  expect(await second.ended).toBe(0)
})
