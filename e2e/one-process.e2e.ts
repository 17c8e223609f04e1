import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runningOf, signal } from './disturbances.ts'
import { newEnvironment } from './environment.ts'
import { publishedVersions } from './inspect.ts'

/** `npm start` runs all services but the worker in one process; `--separate` gives each its own. */

const servicesOf = (running: ReturnType<typeof runningOf>) =>
  [...Map.groupBy(running, ({ pid }) => pid).values()].map((shared) => shared.map(({ name }) => name).toSorted())

test('services that share a process are killed in the middle of a run, start again, and the article is published', async () => {
  await using environment = await newEnvironment()
  const run = environment.start('--automatic')
  await run.line((line) => line.includes('Check Package'))
  const before = runningOf(environment)
  expect(servicesOf(before)).toContainEqual([
    'api',
    'dashboard',
    'decider',
    'deposits',
    'journal',
    'lax',
    'lax-adaptor',
    'metrics',
    'queue-worker',
    'workflow-starter',
  ])
  const killed = before.find(({ name }) => name === 'decider')?.pid ?? 0
  expect(signal(killed, 'SIGKILL')).toBe(true)
  await run.line((line) => line.includes('services crashed (signal SIGKILL); restarting'))
  await run.line((line) => line.includes('PUBLISHED'))
  expect(await publishedVersions(environment, 'continuum-00001')).toEqual([1])

  const after = runningOf(environment)
  expect(after.find(({ name }) => name === 'decider')?.pid).not.toBe(killed)
  expect(after.find(({ name }) => name === 'worker')?.pid).toBe(before.find(({ name }) => name === 'worker')?.pid)
  const { stdout } = await environment.command('status', '--json')
  const status: { processes: { name: string; state: string; restarts: number; version: string }[] } = JSON.parse(stdout)
  const lax = status.processes.find(({ name }) => name === 'lax')
  expect(lax).toMatchObject({ state: 'ok', restarts: 1, restartsLastDay: 1 })
  const { stdout: version } = await environment.command('--version')
  expect(lax?.version).toBe(version.trim())

  // Each service has a log, in which it alone speaks.
  for (const name of ['lax', 'decider', 'dashboard']) {
    const file = join(environment.data, 'logs', `${name}.log`)
    const speakers = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
    expect(new Set(speakers.map((line) => JSON.parse(line).service))).toEqual(new Set([name]))
  }
  const logs = await environment.command('env', 'logs', '--service', 'lax', 'deposits')
  expect(logs.stdout).toMatch(/ lax +info .*ready/)
  expect(logs.stdout).toMatch(/ deposits +info .*ready/)
})

test('with --separate each service has a process of its own', async () => {
  await using environment = await newEnvironment()
  const run = environment.start('--separate')
  await run.line((line) => line.includes('Ctrl-C stops'))
  const running = runningOf(environment)
  expect(running.length).toBeGreaterThan(10)
  expect(servicesOf(running)).toEqual(running.map(({ name }) => [name]))
})
