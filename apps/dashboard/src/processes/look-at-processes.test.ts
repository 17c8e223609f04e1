import type { ProcessSetting } from '@continuum/settings'
import { expect, onTestFinished, test } from 'vitest'
import { listenForChanges } from '../live/changes.ts'
import { changesChannel } from '../store/apply-change.ts'
import { logger, startDatabase } from '../web/dashboard.fixture.ts'
import { createProcessLook } from './look-at-processes.ts'
import { processOverview } from './process-overview.ts'
import { startProcess } from './process.fixture.ts'

/** Looks at real processes, a minute apart. */
async function startLooking(processes: readonly ProcessSetting[]) {
  const { sql, [Symbol.asyncDispose]: end } = await startDatabase()
  onTestFinished(end)
  const clock = { now: Date.now() }
  const lookOnce = createProcessLook({ sql, processes, now: () => clock.now, logger })
  const look = async () => {
    await lookOnce()
    clock.now += 60_000
  }
  const seen = async () => (await processOverview(sql, { PROCESSES: [...processes] })).processes
  return { sql, clock, look, seen }
}

const statesOf = (found: Awaited<ReturnType<typeof processOverview>>['processes']) =>
  Object.fromEntries(found.map(({ name, restarts, tasks }) => [name, [restarts, ...tasks.map(({ state }) => state)]]))

test('services that share a process are seen each, with its version, start, memory, processor time and pollers', async () => {
  const shared = await startProcess(['lax', 'decider'], '1.2.3')
  const { look, seen } = await startLooking([
    { name: 'lax', address: shared.address },
    { name: 'decider', address: shared.address },
    { name: 'worker', address: 'http://127.0.0.1:9' },
  ])
  await look()
  await look()
  const processes = await seen()
  expect(statesOf(processes)).toEqual({ lax: [0, 'running'], decider: [0, 'running'], worker: [0, 'absent'] })
  const [lax, decider] = processes.flatMap(({ tasks }) => tasks)
  expect(lax).toMatchObject({ version: '1.2.3', sharesWith: null, pollers: [{ name: 'lax-queue' }] })
  expect(decider).toMatchObject({ sharesWith: 'lax', pollers: [{ name: 'decider-queue' }] })
  expect(lax?.memoryBytes).toBeGreaterThan(20e6)
  expect(lax?.cpuShare).toBeGreaterThanOrEqual(0)
  expect(lax?.cpuShare).toBeLessThan(1)
  expect(Date.now() - Date.parse(lax?.startedAt ?? '')).toBeLessThan(60_000)
})

test('a process that is killed is gone after two looks, and one that starts at its address is a restart', async () => {
  const lax = await startProcess(['lax'], 'one')
  const other = await startProcess(['dashboard'], 'one')
  const { look, seen } = await startLooking([
    { name: 'lax', address: lax.address },
    // The service has another name than the process: there is but one at its address.
    { name: 'dashboard-web', address: other.address },
  ])
  await look()
  await lax.kill()
  await look()
  expect(statesOf(await seen()), 'one look without an answer is no verdict').toEqual({
    lax: [0, 'running'],
    'dashboard-web': [0, 'running'],
  })
  await look()
  expect(statesOf(await seen())['lax']).toEqual([0, 'gone'])
  await startProcess(['lax'], 'two', lax.port)
  await look()
  const [{ restarts, tasks } = { restarts: 0, tasks: [] }] = await seen()
  expect([restarts, tasks.map(({ state, version }) => `${state} ${version}`)]).toEqual([1, ['running two', 'gone one']])
})

test('what two dashboards see at once agrees, and is forgotten a day after it was last seen', async () => {
  const lax = await startProcess(['lax'], 'one')
  const processes = [{ name: 'lax', address: lax.address }]
  const { sql, clock, look, seen } = await startLooking(processes)
  const another = createProcessLook({ sql, processes, now: () => clock.now - 100, logger })
  await Promise.all([look(), another(), look(), another()])
  expect(statesOf(await seen())).toEqual({ lax: [0, 'running'] })
  await lax.kill()
  const other = await startProcess(['worker'], 'one')
  clock.now += 25 * 3600 * 1000
  await createProcessLook({
    sql,
    processes: [{ name: 'worker', address: other.address }],
    now: () => clock.now,
    logger,
  })()
  expect(statesOf(await seen())).toEqual({ lax: [0, 'absent'], worker: [0, 'running'] })
})

test('browsers are notified when a process is seen first, when it is gone, and when it is forgotten; not at each look', async () => {
  const lax = await startProcess(['lax'], 'one')
  const worker = await startProcess(['worker'], 'one')
  const { sql, clock, look, seen } = await startLooking([
    { name: 'lax', address: lax.address },
    { name: 'worker', address: worker.address },
  ])
  const heard: (string | null)[] = []
  const changes = await listenForChanges(sql)
  onTestFinished(changes.close)
  changes.subscribe(({ article }) => void heard.push(article))
  /** Counts how often browsers are notified of a look. PostgreSQL delivers in order: what comes before our mark is all there is. */
  const notified = async (work: () => Promise<void>) => {
    heard.length = 0
    await work()
    await sql`select pg_notify(${changesChannel}, '{"article":"the mark"}')`
    await expect.poll(() => heard.at(-1)).toBe('the mark')
    return heard.length - 1
  }
  expect(await notified(look)).toBe(1)
  expect(await notified(look)).toBe(0)
  await lax.kill()
  expect([await notified(look), statesOf(await seen())['lax']]).toEqual([0, [0, 'running']])
  expect([await notified(look), statesOf(await seen())['lax']]).toEqual([1, [0, 'gone']])
  expect(await notified(look), 'it is gone as before').toBe(0)
  clock.now += 24 * 3600 * 1000
  expect([await notified(look), statesOf(await seen())['lax']]).toEqual([1, [0, 'absent']])
})
