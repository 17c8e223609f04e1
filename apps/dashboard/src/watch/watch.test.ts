import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { CreateQueueCommand } from '@aws-sdk/client-sqs'
import { RegisterDomainCommand } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients } from '@continuum/aws-resources'
import type { Sql } from 'postgres'
import { expect, test, vi } from 'vitest'
import type { Dependency } from '../store/dependencies.ts'
import { logger, startDashboard } from '../web/dashboard.fixture.ts'
import { judgeDisk, leastFreeBytes, probesOf, type Probe } from './probes.ts'
import { createWatch } from './watch.ts'

/** 18.7: the dashboard says what is wrong with Continuum, what to do, and how old that news is. */

async function startLax() {
  const answers: Record<string, RequestListener> = {
    ok: (_, answer) => void answer.end('{"status":"ok","checks":{}}'),
    hangs: () => undefined,
    failing: (_, answer) =>
      void answer.writeHead(503).end('{"checks":{"database":{"ok":false,"message":"no answer within 3 s"}}}'),
  }
  const lax = { state: 'ok' }
  const server = createServer((request, answer) => answers[lax.state]?.(request, answer))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { lax, url, [Symbol.asyncDispose]: close }
}

/** The things that are looked at, and the look. */
async function startWatch(sql: Sql) {
  const stack = new AsyncDisposableStack()
  const { lax, url: laxUrl } = stack.use(await startLax())
  const aws = await startAwsLocal({ account: '000000000000' })
  stack.defer(() => aws.close().catch(() => undefined))
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'cdn' }))
  await clients.swf.send(new RegisterDomainCommand({ name: 'domain', workflowExecutionRetentionPeriodInDays: '1' }))
  const { QueueUrl: queueUrl = '' } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
  const probes: Record<Dependency, Probe> = {
    ...probesOf({ clients, domain: 'domain', queueUrl, bucket: 'cdn', laxUrl, disk: process.cwd() }),
  }
  const clock = { now: Date.now() }
  const watch = createWatch({ sql, probes, now: () => clock.now, logger, timeout: 2_000 })
  return { lax, aws, probes, clock, watch, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const bannerOf = (page: string): string => /<section id="banner".*?<\/section>/s.exec(page)?.[0] ?? 'none'
type Dashboard = Awaited<ReturnType<typeof startDashboard>>
const shown = async (dashboard: Dashboard) => bannerOf((await dashboard.get('/current')).body)
const status = async (dashboard: Dashboard) => (await dashboard.get('/status')).json()

test('18.7: while all is well there is no banner, and /status is ok', async () => {
  await using dashboard = await startDashboard()
  await using watched = await startWatch(dashboard.sql)
  await watched.watch()
  await watched.watch()
  expect(await shown(dashboard)).toBe('none')
  expect(await status(dashboard)).toMatchObject({ status: 'ok', checks: { lax: { ok: true }, disk: { ok: true } } })
})

test.each([
  ['hangs', 'lax, the article store, does not answer (no answer within 2 s).'],
  ['failing', 'lax, the article store, answers 503 (database: no answer within 3 s).'],
])(
  '18.7: lax that is %s is on every page and in /status with what to do, until it answers again',
  async (state, said) => {
    await using dashboard = await startDashboard()
    await using watched = await startWatch(dashboard.sql)
    watched.lax.state = state
    await watched.watch()
    expect(await shown(dashboard), 'one odd answer is no verdict').toBe('none')
    await watched.watch()
    for (const path of ['/current', '/scheduled', '/deposits']) {
      const banner = bannerOf((await dashboard.get(path)).body)
      expect(banner).toContain(said)
      expect(banner).toMatch(/start it again\..*Seen since <time.*Last looked at <time/s)
    }
    const reply = await dashboard.get('/status')
    expect(reply.statusCode).toBe(503)
    expect(reply.json().checks.lax.message).toContain(said)
    watched.lax.state = 'ok'
    await watched.watch()
    expect(await shown(dashboard)).toBe('none')
    expect((await status(dashboard)).status).toBe('ok')
  },
)

test('18.7: SWF, SQS and S3 that cannot be reached are named, each with what waits for it', async () => {
  await using dashboard = await startDashboard()
  await using watched = await startWatch(dashboard.sql)
  await watched.aws.close()
  await watched.watch()
  await watched.watch()
  const banner = await shown(dashboard)
  expect(banner).toMatch(/SWF does not answer .*Runs stand still/s)
  expect(banner).toMatch(/SQS does not answer .*Deliveries, requests and news of runs wait/s)
  expect(banner).toMatch(/S3 does not answer .*Packages cannot be read/s)
  expect((await status(dashboard)).checks).toMatchObject({
    SWF: { ok: false },
    SQS: { ok: false },
    S3: { ok: false },
    lax: { ok: true },
  })
})

test('18.7: a disk that is nearly full is told with its free space', async () => {
  expect(judgeDisk(leastFreeBytes)).toBeUndefined()
  await using dashboard = await startDashboard()
  await using watched = await startWatch(dashboard.sql)
  watched.probes.disk = async () => judgeDisk(12 * 1024 * 1024)
  await watched.watch()
  await watched.watch()
  expect(await shown(dashboard)).toMatch(/nearly full: 12 MB are free.*Free some space/s)
  expect((await status(dashboard)).checks.disk.message).toContain('12 MB')
})

test('the trouble keeps the time at which it was first seen', async () => {
  await using dashboard = await startDashboard()
  await using watched = await startWatch(dashboard.sql)
  watched.probes.disk = async () => judgeDisk(1)
  watched.clock.now -= 40_000
  for (let look = 0; look < 3; look++) {
    await watched.watch()
    watched.clock.now += 15_000
  }
  const [row] = await dashboard.sql`select checked_at - since as seen from dependency where name = 'disk'`
  expect(row?.['seen']).toBe('00:00:15')
})

test('18.7: news that nobody renews is old: the pages and /status say so', async () => {
  await using dashboard = await startDashboard()
  await using watched = await startWatch(dashboard.sql)
  watched.clock.now -= 10 * 60_000
  await watched.watch()
  expect(await shown(dashboard)).toContain('The dashboard hears nothing new.')
  expect((await status(dashboard)).checks.news).toMatchObject({
    ok: false,
    message: expect.stringMatching(/not looked at the dependencies for 60\d seconds/),
  })
})

test('open pages are told when a trouble comes or goes, not of every look', async () => {
  await using dashboard = await startDashboard()
  await using watched = await startWatch(dashboard.sql)
  let told = 0
  const listening = await dashboard.sql.listen('dashboard_changes', () => void told++)
  watched.probes.disk = async () => judgeDisk(1)
  for (let look = 0; look < 4; look++) await watched.watch()
  await vi.waitFor(() => expect(told).toBe(1))
  watched.probes.disk = async () => undefined
  for (let look = 0; look < 3; look++) await watched.watch()
  await vi.waitFor(() => expect(told).toBe(2))
  await listening.unlisten()
})
