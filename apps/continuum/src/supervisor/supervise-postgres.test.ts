import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkPostgres } from '../status/health-check.ts'
import { processEntry } from '../local/process-table.ts'
import { supervisePostgres } from './supervise-postgres.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

test('a server that dies is started again, and one that is stopped is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const logFile = join(folder, 'postgres.log')
  const deaths: string[] = []
  const spec = { dataDir: join(folder, 'data'), port: await freePort(), logLevel: 'info', logFile } as const
  const supervised = supervisePostgres(spec, {
    changed: () => {},
    died: (name, how) => void deaths.push(`${name}: ${how}`),
  })
  onTestFinished(async () => {
    await supervised.stop(2000)
    rmSync(folder, { recursive: true })
  })
  const state = () => supervised.states()[0]
  await supervised.ready
  const first = state()?.pid ?? 0
  expect(await checkPostgres(state()?.url ?? '')).toEqual({ kind: 'healthy' })

  process.kill(first, 'SIGKILL')
  await expect.poll(() => state()?.pid, { timeout: 20_000 }).not.toBe(first)
  await expect.poll(() => state()?.ready, { timeout: 20_000 }).toBe(true)
  expect(deaths).toEqual(['postgres: the server ended'])
  expect(state()?.restarts).toBe(1)
  expect(readFileSync(logFile, 'utf8')).toContain('"service":"postgres"')

  const second = state()?.pid ?? 0
  await supervised.stop(2000)
  expect(processEntry(second)).toBeUndefined()
})

test('a server whose supervisor is killed ends by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const spec = { dataDir: join(folder, 'data'), port: await freePort(), logLevel: 'info', logFile: join(folder, 'log') }
  const program = `
    import { supervisePostgres } from './supervise-postgres.ts'
    const supervised = supervisePostgres(${JSON.stringify(spec)}, { changed: () => {}, died: () => {} })
    await supervised.ready
    console.log(supervised.states()[0].pid)`
  const supervisor = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said]: Buffer[] = await once(supervisor.stdout, 'data')
  const server = Number(String(said))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(processEntry(server)).toBeDefined()
  supervisor.kill('SIGKILL')
  await expect.poll(() => processEntry(server), { timeout: 15_000 }).toBeUndefined()
})
