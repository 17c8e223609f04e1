import { expect, test } from 'vitest'
import type { ProcessLook } from '../store/process-looks.ts'
import { judgeProcesses } from './judge-processes.ts'

const noon = Date.parse('2026-11-30T12:00:00Z')
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()

/** A look at a task that started and was last seen so many minutes after noon. */
function look(
  service: string,
  instance: string,
  started: number,
  seen: number,
  more: Partial<ProcessLook> = {},
): ProcessLook {
  return {
    service,
    instance,
    address: `10.0.0.${instance.charCodeAt(0)}:4680`,
    version: 'abc',
    ready: true,
    startedAt: at(started),
    lastSeen: at(seen),
    memoryBytes: 1e8,
    cpuShare: 0.01,
    pollers: [],
    ...more,
  }
}

const of = (looks: readonly ProcessLook[], name = 'lax') => {
  const found = judgeProcesses(looks, ['lax']).processes.find((each) => each.name === name)
  return [found?.restarts, found?.tasks.map(({ state, startedAt }) => `${state} ${startedAt}`)]
}

test('one that answered the last look runs, and one that missed a single look may be busy', () => {
  expect(of([look('lax', 'a', 0, 10), look('worker', 'b', 0, 11)])).toEqual([0, [`running ${at(0)}`]])
  expect(of([look('lax', 'a', 0, 11, { ready: false })])).toEqual([0, [`starting ${at(0)}`]])
})

test('one that missed two looks is gone since its last answer', () => {
  const looks = [look('lax', 'a', 0, 9), look('worker', 'b', 0, 11)]
  expect(of(looks)).toEqual([0, [`gone ${at(0)}`]])
  const lax = judgeProcesses(looks, ['lax']).processes[0]?.tasks[0]
  expect(lax).toMatchObject({ lastSeen: at(9), memoryBytes: null, cpuShare: null, pollers: [] })
})

test('another start at the same address is a restart, at once', () => {
  const address = '127.0.0.1:4620'
  const looks = [look('lax', 'a', 0, 10, { address }), look('lax', 'b', 10.5, 11, { address })]
  expect(of(looks)).toEqual([1, [`running ${at(10.5)}`, `gone ${at(0)}`]])
})

test('a task that came where one went is a restart, also where a deployment starts it first', () => {
  expect(of([look('lax', 'a', 0, 10), look('lax', 'b', 12, 20)])[0]).toBe(1)
  expect(of([look('lax', 'a', 0, 10), look('lax', 'b', 8, 20)])[0]).toBe(1)
})

test('a task more is no restart, nor is one fewer', () => {
  expect(of([look('lax', 'a', 0, 200), look('lax', 'b', 100, 200)])[0]).toBe(0)
  expect(of([look('lax', 'a', 0, 200), look('lax', 'b', 100, 180)])[0]).toBe(0)
})

test('each restart of a crash loop counts', () => {
  const looks = [0, 2, 4, 6].map((started, index) => look('lax', 'abcd'[index] ?? '', started, started + 1))
  expect(of([...looks, look('worker', 'e', 0, 20)])[0]).toBe(3)
})

test('services that share a process share its memory, and only the first shows it', () => {
  const overview = judgeProcesses([look('lax', 'a', 0, 10), look('journal', 'a', 0, 10)], ['journal', 'lax'])
  expect(overview.processes.map(({ tasks }) => tasks[0]?.sharesWith)).toEqual([null, 'journal'])
})

test('a process of the environment of which nothing is known is there, as absent', () => {
  expect(judgeProcesses([], ['lax'])).toMatchObject({
    lookedAt: null,
    processes: [{ name: 'lax', restarts: 0, tasks: [{ state: 'absent', lastSeen: null }] }],
  })
})
