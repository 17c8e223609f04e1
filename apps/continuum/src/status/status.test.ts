import { expect, test } from 'vitest'
import { judge, tellCauses, type Judged } from './judge-process.ts'
import { knownProcess, knownProcessesText } from './known-processes.ts'
import { statusText } from './status-text.ts'

/** The dashboard's knowledge of a process. */
const toldByDashboard = { version: '1.2.3 (abc1234)', restartsLastDay: 2 }
const young = { ready: false, age: 2_000 }
const old = { ready: true, age: 3_600_000 }
const stateOf = (...of: Parameters<typeof judge>) => judge(...of).state

test('a process that answers is well, whatever its age', () => {
  expect(judge({ kind: 'healthy', lastSignOfLife: '2026-11-28T09:00:00Z' }, old)).toEqual({
    state: 'ok',
    problem: null,
    lastSignOfLife: '2026-11-28T09:00:00Z',
  })
  expect(stateOf({ kind: 'healthy' }, young)).toBe('ok')
})

test('one that does not answer is starting only until it was ready once, and not for ever', () => {
  for (const answer of [
    undefined,
    { kind: 'silent' },
    { kind: 'closed' },
    { kind: 'unhealthy', reason: 'x' },
  ] as const) {
    expect(stateOf(answer, young)).toBe('starting')
    expect(stateOf(answer, { ...young, age: 120_000 })).not.toBe('starting')
  }
  expect(stateOf({ kind: 'silent' }, old)).toBe('hangs')
  expect(stateOf(undefined, { ...young, age: 120_000 })).toBe('hangs')
  expect(stateOf({ kind: 'closed' }, old)).toBe('failing')
  expect(judge({ kind: 'unhealthy', reason: 'failing' }, old)).toMatchObject({
    state: 'failing',
    problem: 'it reports: failing',
  })
})

test('that the dashboard does not tell is not the same as that nothing is under way', () => {
  const hanging = {
    name: 'dashboard',
    pid: 7,
    restarts: 0,
    megabytes: 100,
    ...toldByDashboard,
    ...judge({ kind: 'silent' }, old),
  }
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes: [hanging], queues: null, usage: null }
  const text = statusText({ ...status, articles: null }, 0)
  expect(text).toMatch(/dashboard +hangs .*did not answer within 3 s/)
  expect(text).toContain('unknown: the dashboard does not answer')
  expect(statusText({ ...status, articles: [] }, 0)).toContain('No articles in progress.')
})

test('the version of a process and its restarts are those that the dashboard knows, or unknown without it', () => {
  const known = {
    looked_at: '2026-11-28T09:00:00Z',
    processes: [
      {
        name: 'lax',
        restarts: 2,
        tasks: [
          { state: 'running', version: 'new', started_at: '2026-11-28T08:00:00Z', last_sign_of_life: null },
          { state: 'gone', version: 'old', started_at: null, last_sign_of_life: '2026-11-28T07:59:00Z' },
        ],
      },
    ],
  }
  expect(knownProcess(known, 'lax')).toEqual({ version: 'new', restartsLastDay: 2 })
  expect(knownProcess(known, 'postgres')).toEqual({ version: null, restartsLastDay: null })
  expect(knownProcess(null, 'lax')).toEqual({ version: null, restartsLastDay: null })
  const lines = knownProcessesText(known, Date.parse('2026-11-28T09:00:00Z')).split('\n')
  expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    ' process state sign of life restarts 24 h version since',
    ' lax running none 2 new 2026-11-28T08:00:00Z',
    ' lax gone 3660 s ago old -',
  ])
  expect(knownProcessesText(null, 0)).toMatch(/^! Versions and restarts are unknown/)
})

test('the memory of a process is told once, however many services share it', () => {
  const one = { restarts: 0, pid: 7, megabytes: 200, ...toldByDashboard, ...judge({ kind: 'healthy' }, old) }
  const processes = [
    { ...one, name: 'lax' },
    { ...one, name: 'journal' },
    { ...one, name: 'worker', pid: 8, megabytes: 90 },
  ]
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes, queues: [], articles: [], usage: null }
  expect(statusText(status, 0)).toMatch(
    /lax .* 0 +2 +200 MB  1\.2\.3 \(abc1234\) +7\n  journal .* shared .* 7\n  worker .* 90 MB .* 8/,
  )
})

test('how far usage is counted, and how old citations are, is told', () => {
  const usage = {
    lastClosed: '2026-11-25',
    late: 3,
    open: [{ day: '2026-11-26', closes: '2026-11-30T00:00:00Z', events: 1200 }],
    citations: [{ service: 'Crossref', succeeded: '2026-11-28T06:00:00Z', problem: 'Crossref answered 500' }],
  }
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes: [], queues: [], articles: [], usage }
  const text = statusText(status, Date.parse('2026-11-28T09:00:00Z'))
  expect(text).toContain('last closed day 2026-11-25; open since 2026-11-26 (1,200 events), which closes 2026-11-30')
  expect(text).toContain('Citations by Crossref: 3 h ago; since then: Crossref answered 500')
})

/** A process that answered its health check so. */
const judged = (name: string, ...answer: Parameters<typeof judge>): Judged => ({
  name,
  pid: 7,
  restarts: 0,
  megabytes: 100,
  ...toldByDashboard,
  ...judge(...answer),
})
const failing = (...checks: string[]) => ({ kind: 'unhealthy', reason: checks.join(), failing: checks }) as const

test('with lax down, lax is said to be down, and not those that only lack it', () => {
  const told = tellCauses([
    judged('lax', { kind: 'closed' }, old),
    judged('dashboard', failing('lax'), old),
    judged('journal', failing('article store'), old),
    judged('worker', { kind: 'healthy' }, old),
  ])
  expect(told.map(({ name, state, problem }) => [name, state, problem])).toEqual([
    ['lax', 'failing', 'nothing listens at its address'],
    ['dashboard', 'blocked', 'lacks lax'],
    ['journal', 'blocked', 'lacks lax'],
    ['worker', 'ok', null],
  ])
  const status = {
    since: '2026-11-28T09:00:00Z',
    addresses: {},
    processes: told,
    queues: [],
    articles: [],
    usage: null,
  }
  const text = statusText(status, 0)
  expect(text).toContain('! lax is down: nothing listens at its address\n')
  expect(text).not.toMatch(/! (dashboard|journal)/)
})

test('the cause is the last of the chain, and a process that has trouble of its own is in trouble', () => {
  const told = tellCauses([
    judged('postgres', { kind: 'silent' }, old),
    judged('lax', failing('database'), old),
    judged('journal', failing('article store', 'database'), old),
    judged('dashboard', failing('lax', 'disk'), old),
    judged('metrics', failing('database'), old),
  ])
  expect(told.map(({ name, state, problem }) => [name, state, problem])).toEqual([
    ['postgres', 'hangs', 'it accepts connections but did not answer within 3 s'],
    ['lax', 'blocked', 'lacks postgres'],
    ['journal', 'blocked', 'lacks postgres'],
    ['dashboard', 'failing', 'it reports: lax,disk'],
    ['metrics', 'blocked', 'lacks postgres'],
  ])
})

test('a check that fails though the other process is well is trouble of its own', () => {
  const told = tellCauses([judged('lax', { kind: 'healthy' }, old), judged('dashboard', failing('lax'), old)])
  expect(told.map(({ state }) => state)).toEqual(['ok', 'failing'])
})

test('queues are shown with their dead letters, or that they are not known', () => {
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes: [], articles: [], usage: null }
  const messages = { waiting: 3, underWay: 1, dead: 2 }
  const queues = [{ role: 'starter', name: 'workflow-starter-queue', messages }] as const
  expect(statusText({ ...status, queues }, 0)).toMatch(/^! workflow-starter-queue +3 +1 +2$/m)
  expect(statusText({ ...status, queues: null }, 0)).toContain('! The queues are unknown: SQS does not answer.')
})
