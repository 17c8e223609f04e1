import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

function run(script: string, events: Partial<SupervisorEvents> = {}) {
  const logFile = join(folder, 'child.log')
  supervised = supervise(
    {
      name: 'child',
      args: ['-e', script],
      env: {},
      logFile,
      readyLine: (line) => (line.startsWith('ready') ? { url: 'http://there' } : undefined),
    },
    { changed: () => {}, died: () => {}, ...events },
  )
  return { child: supervised, log: () => readFileSync(logFile, 'utf8') }
}

test('a process is known to be ready by its line, and its output is kept', async () => {
  const { child, log } = run("console.log('hello'); console.log('ready now'); setInterval(() => {}, 1000)")
  await child.ready
  expect(child.state()).toMatchObject({ name: 'child', url: 'http://there', restarts: 0 })
  await expect.poll(log).toBe('hello\nready now\n')
})

test('a process that dies is started again', async () => {
  const again = Promise.withResolvers<void>()
  const { child } = run("console.log('ready'); setInterval(() => {}, 1000)", {
    changed: () => void (supervised && supervised.state().restarts === 1 && supervised.state().pid && again.resolve()),
  })
  await child.ready
  process.kill(child.state().pid ?? 0, 'SIGKILL')
  await again.promise
  expect(child.state().restarts).toBe(1)
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
  await expect.poll(log).toContain('ready')
  const grandchild = Number(/grandchild (\d+)/.exec(log())?.[1])
  expect(processEntry(grandchild)).toBeDefined()
  await child.stop(50)
  await expect.poll(() => processEntry(grandchild)).toBeUndefined()
})
