import { expect, test } from 'vitest'
import { recordProcessLooks, type ProcessAnswer } from '../../store/process-looks.ts'
import { machine, startDashboard } from '../../web/dashboard.fixture.ts'

const noon = Date.parse('2026-11-30T12:00:00Z')
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()

const answer = (service: string, instance: string, more: Partial<ProcessAnswer> = {}): ProcessAnswer => ({
  service,
  instance,
  address: `10.0.0.1:4680`,
  version: 'abc1234',
  ready: true,
  startedAt: at(-60),
  memoryBytes: 123_400_000,
  cpuSeconds: 10,
  pollers: [],
  ...more,
})

const PROCESSES = ['lax', 'worker', 'decider'].map((name) => ({ name, address: `http://${name}.test.internal:4680` }))

/** An environment in which lax was restarted, the worker runs and the decider was never seen. */
async function startEnvironment() {
  const dashboard = await startDashboard({ PROCESSES })
  const worker = answer('worker', 'w', {
    address: '10.0.0.2:4680',
    pollers: [{ name: 'activities', lastSignOfLife: at(0.5) }],
  })
  await recordProcessLooks(dashboard.sql, [answer('lax', 'one'), worker], noon)
  const restarted = answer('lax', 'two', { startedAt: at(0.5), version: 'def5678' })
  await recordProcessLooks(dashboard.sql, [restarted, { ...worker, cpuSeconds: 13 }], noon + 60_000)
  return dashboard
}

const words = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('the page has each process with its version, since when it runs, restarts, memory, CPU and last polls', async () => {
  await using dashboard = await startEnvironment()
  const { statusCode, body } = await dashboard.get('/processes')
  expect(statusCode).toBe(200)
  const page = words(body)
  expect(page).toContain('Last looked at 30 Nov 2026, 12:01:00 UTC')
  expect(page).toContain(
    'lax running since 30 Nov 2026, 12:00:30 UTC def5678 1 30 Nov 2026, 12:01:00 UTC 123 MB – does not poll',
  )
  expect(page).toContain('lax gone since 30 Nov 2026, 12:00:00 UTC abc1234 – 30 Nov 2026, 12:00:00 UTC – – –')
  expect(page).toContain(
    'worker running since 30 Nov 2026, 11:00:00 UTC abc1234 0 30 Nov 2026, 12:01:00 UTC 123 MB 5.0 % activities 30 Nov 2026, 12:00:30 UTC',
  )
  expect(page).toContain('decider not seen within a day not told 0 – – –')
})

test('services that share a process show its memory once', async () => {
  await using dashboard = await startDashboard({ PROCESSES: [] })
  await recordProcessLooks(dashboard.sql, [answer('api', 'one'), answer('journal', 'one')], noon)
  const page = words((await dashboard.get('/processes')).body)
  expect(page).toMatch(/api running .* 123 MB – does not poll journal running .* with api with api does not poll/)
})

test('before the first look the page says so', async () => {
  await using dashboard = await startDashboard({ PROCESSES })
  expect(words((await dashboard.get('/processes')).body)).toContain('The consumer has not looked yet.')
})

test('the API lists the same', async () => {
  await using dashboard = await startEnvironment()
  const reply = await dashboard.get('/api/processes', machine)
  expect(reply.json()).toMatchObject({
    looked_at: at(1),
    processes: [
      {
        name: 'lax',
        restarts: 1,
        tasks: [
          { state: 'running', version: 'def5678', started_at: at(0.5) },
          { state: 'gone', version: 'abc1234', last_sign_of_life: at(0) },
        ],
      },
      {
        name: 'worker',
        tasks: [{ cpu_share: 0.05, pollers: [{ name: 'activities', last_sign_of_life: at(0.5) }] }],
      },
      { name: 'decider', restarts: 0, tasks: [{ state: 'absent' }] },
    ],
  })
})
