import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processEntry } from '../local/process-table.ts'
import { supervise, type Supervised, type SupervisorEvents } from './supervisor.ts'

let folder: string
let supervised: Supervised | undefined
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'supervisor-'))))
afterEach(async () => {
  await supervised?.stop(500)
  rmSync(folder, { recursive: true })
})

function run(script: string, events: Partial<SupervisorEvents> = {}, services: readonly string[] = []) {
  const logOf = (name: string) => join(folder, `${name}.log`)
  const logFile = logOf('child')
  supervised = supervise(
    {
      name: 'child',
      args: ['-e', script],
      env: {},
      logFile,
      readyLine: (line) => (line.includes('ready') ? { url: 'http://there' } : undefined),
      services: services.map((name) => ({ name, logFile: logOf(name) })),
    },
    { changed: () => {}, died: () => {}, ...events },
  )
  return { child: supervised, log: (name = 'child') => readFileSync(logOf(name), 'utf8') }
}

test('a process is known to be ready by its line, and its output is kept', async () => {
  const { child, log } = run("console.log('hello'); console.log('ready now'); setInterval(() => {}, 1000)")
  await child.ready
  expect(child.states()).toMatchObject([{ name: 'child', url: 'http://there', restarts: 0 }])
  await expect.poll(() => log()).toBe('hello\nready now\n')
})

test('a process that dies is started again', async () => {
  const again = Promise.withResolvers<void>()
  const { child } = run("console.log('ready'); setInterval(() => {}, 1000)", {
    changed: () =>
      void (supervised && supervised.states()[0]?.restarts === 1 && supervised.states()[0]?.pid && again.resolve()),
  })
  await child.ready
  process.kill(child.states()[0]?.pid ?? 0, 'SIGKILL')
  await again.promise
  expect(child.states()[0]?.restarts).toBe(1)
})

test('a crash loop is reported with the last log lines', async () => {
  const told = Promise.withResolvers<readonly string[]>()
  run("console.error('no such table: article'); process.exit(3)", {
    died: (_name, how, _delay, crashLooping, lastLines) => {
      if (crashLooping) told.resolve([how, ...lastLines])
    },
  })
  expect(await told.promise).toEqual(['exit code 3', 'no such table: article'])
})

test('a process that ignores SIGTERM is gone by the deadline, with what it started', async () => {
  const script = `
    const { spawn } = require('node:child_process')
    const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    process.on('SIGTERM', () => {})
    console.log('grandchild ' + grandchild.pid)
    console.log('ready')
    setInterval(() => {}, 1000)`
  const { child, log } = run(script)
  await child.ready
  await expect.poll(() => log()).toContain('ready')
  const grandchild = Number(/grandchild (\d+)/.exec(log())?.[1])
  expect(processEntry(grandchild)).toBeDefined()
  await child.stop(50)
  await expect.poll(() => processEntry(grandchild)).toBeUndefined()
})

test('services that share a process have a state and a log each; it is ready when all of them are', async () => {
  const gate = join(folder, 'gate')
  const script = `
    const { existsSync } = require('node:fs')
    const say = (service, message) => console.log(JSON.stringify({ level: 'info', service, message }))
    say('lax', 'ready')
    say('services', 'of the process')
    console.log('of nobody')
    setInterval(() => existsSync('${gate}') && say('journal', 'ready'), 20)`
  const { child, log } = run(script, {}, ['lax', 'journal'])
  let isReady = false
  void child.ready.then(() => (isReady = true))
  await expect
    .poll(() => child.states().map(({ name, ready }) => [name, ready]))
    .toEqual([
      ['lax', true],
      ['journal', false],
    ])
  expect(isReady).toBe(false)
  await expect.poll(() => log('lax')).toBe('{"level":"info","service":"lax","message":"ready"}\n')
  await expect.poll(() => log()).toBe('{"level":"info","service":"services","message":"of the process"}\nof nobody\n')
  expect(new Set(child.states().map(({ pid }) => pid)).size).toBe(1)
  writeFileSync(gate, '')
  await child.ready
})
