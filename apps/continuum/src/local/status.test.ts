import { expect, test } from 'vitest'
import { judge, statusText } from './status.ts'

const young = { ready: false, age: 2_000 }
const old = { ready: true, age: 3_600_000 }
const state = (...of: Parameters<typeof judge>) => judge(...of).state

test('a process that answers is well, whatever its age', () => {
  expect(judge({ kind: 'healthy', lastSignOfLife: '2026-11-28T09:00:00Z' }, old)).toEqual({
    state: 'ok',
    problem: null,
    lastSignOfLife: '2026-11-28T09:00:00Z',
  })
  expect(state({ kind: 'healthy' }, young)).toBe('ok')
})

test('one that does not answer is starting only until it was ready once, and not for ever', () => {
  for (const answer of [
    undefined,
    { kind: 'silent' },
    { kind: 'closed' },
    { kind: 'unhealthy', reason: 'x' },
  ] as const) {
    expect(state(answer, young)).toBe('starting')
    expect(state(answer, { ...young, age: 120_000 })).not.toBe('starting')
  }
  expect(state({ kind: 'silent' }, old)).toBe('hangs')
  expect(state(undefined, { ...young, age: 120_000 })).toBe('hangs')
  expect(state({ kind: 'closed' }, old)).toBe('failing')
  expect(judge({ kind: 'unhealthy', reason: 'failing' }, old)).toMatchObject({
    state: 'failing',
    problem: 'it reports: failing',
  })
})

test('that the dashboard does not tell is not the same as that nothing is under way', () => {
  const hanging = { name: 'dashboard', pid: 7, restarts: 0, megabytes: 100, ...judge({ kind: 'silent' }, old) }
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes: [hanging], usage: null }
  const text = statusText({ ...status, articles: null }, 0)
  expect(text).toMatch(/dashboard +hangs .*did not answer within 3 s/)
  expect(text).toContain('unknown: the dashboard does not answer')
  expect(statusText({ ...status, articles: [] }, 0)).toContain('No articles in progress.')
})

test('the memory of a process is told once, however many services share it', () => {
  const one = { restarts: 0, pid: 7, megabytes: 200, ...judge({ kind: 'healthy' }, old) }
  const processes = [
    { ...one, name: 'lax' },
    { ...one, name: 'journal' },
    { ...one, name: 'worker', pid: 8, megabytes: 90 },
  ]
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes, articles: [], usage: null }
  expect(statusText(status, 0)).toMatch(/lax .* 200 MB  7\n  journal .* shared  7\n  worker .* 90 MB  8/)
})

test('how far usage is counted, and how old citations are, is told', () => {
  const usage = {
    lastClosed: '2026-11-25',
    late: 3,
    open: [{ day: '2026-11-26', closes: '2026-11-30T00:00:00Z', events: 1200 }],
    citations: [{ service: 'Crossref', succeeded: '2026-11-28T06:00:00Z', problem: 'Crossref answered 500' }],
  }
  const status = { since: '2026-11-28T09:00:00Z', addresses: {}, processes: [], articles: [], usage }
  const text = statusText(status, Date.parse('2026-11-28T09:00:00Z'))
  expect(text).toContain('last closed day 2026-11-25; open since 2026-11-26 (1,200 events), which closes 2026-11-30')
  expect(text).toContain('Citations by Crossref: 3 h ago; since then: Crossref answered 500')
})
