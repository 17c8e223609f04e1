import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../process/log.ts'
import { DatabaseInUseError, stopOrphan } from './orphan.ts'
import { startEmbeddedPostgres } from './server.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
let folder: string
let made: string

/** Making a cluster takes a second, so most tests begin with a copy of one that has run. */
beforeAll(async () => {
  made = newFolder()
  await (await start(made)).stop()
  return () => rmSync(made, { recursive: true })
})

beforeEach(() => {
  folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'embedded-postgres-'))
  chmodSync(path, 0o755)
  return path
}

function copyMade(): void {
  execFileSync('cp', ['-a', join(made, 'data'), folder])
}

function start(under = folder) {
  return startEmbeddedPostgres({ dataDir: join(under, 'data'), port: 0, logger, throwAway: true })
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.end()
  }
}

/** Another process that starts a server on the same folder and then only lives. */
async function startOwner(): Promise<{ owner: ChildProcess; url: string }> {
  const program = `
    import { createLogger, startEmbeddedPostgres } from '@continuum/service'
    const logger = createLogger({ service: 'owner', level: 'silent' })
    const { url } = await startEmbeddedPostgres({ dataDir: process.argv[1], port: 0, logger, throwAway: true })
    console.log(url)
    setInterval(() => {}, 60_000)`
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program, join(folder, 'data')], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    owner.kill('SIGKILL')
  })
  const [url] = await once(createInterface({ input: owner.stdout }), 'line')
  return { owner, url: String(url) }
}

test('data outlives a stop, and stopping takes less than two seconds though someone is connected', async () => {
  copyMade()
  const first = await start()
  await ask(first.url, `create table articles as select '00353' as id`)
  const lingering = postgres(first.url, { max: 1 })
  await lingering`select 1`
  const before = performance.now()
  await first.stop()
  expect(performance.now() - before).toBeLessThan(2000)
  await lingering.end({ timeout: 0 })
  const second = await start()
  expect(await ask(second.url, 'select id from articles')).toEqual([{ id: '00353' }])
  await second.stop()
  await second.stop()
})

test('18.9: it is reached on loopback only, with a password of its own', async () => {
  copyMade()
  const server = await start()
  const url = new URL(server.url)
  expect(url.hostname).toBe('127.0.0.1')
  expect(await ask(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(lstatSync(join(folder, 'data')).mode & 0o077).toBe(0)
  url.password = 'guessed'
  await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  await server.stop()
})

test('the server of an owner that was killed is stopped, and what it had committed is there', async () => {
  copyMade()
  const { owner, url } = await startOwner()
  await ask(url, `create table articles as select '00353' as id`)
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  expect(await ask(url, 'select 1 as orphaned')).toEqual([{ orphaned: 1 }])
  const server = await start()
  expect(await ask(server.url, 'select id from articles')).toEqual([{ id: '00353' }])
  await expect(ask(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
  await server.stop()
})

test('the server of an owner that lives is left alone', async () => {
  copyMade()
  const { owner, url } = await startOwner()
  await expect(start()).rejects.toThrow(DatabaseInUseError)
  expect(await ask(url, 'select 1 as alive')).toEqual([{ alive: 1 }])
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  await stopOrphan(join(folder, 'data'), logger)
})

test('a lock file that names a process which is something else stops nobody', async () => {
  copyMade()
  const bystander = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 60_000)'], { stdio: 'ignore' })
  onTestFinished(() => {
    bystander.kill('SIGKILL')
  })
  writeFileSync(join(folder, 'data', 'postmaster.pid'), `${bystander.pid}\n${join(folder, 'data')}\n`)
  const server = await start()
  expect(bystander.exitCode).toBeNull()
  await server.stop()
})

test.runIf(process.platform === 'linux')(
  'a lock file of a server that is dead, but that nobody has reaped, stops no start',
  async () => {
    copyMade()
    const data = join(folder, 'data')
    // The account that the server runs as: PostgreSQL ignores processes of others.
    const { uid, gid } = statSync(data)
    const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      uid,
      gid,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => {
      parent.kill('SIGKILL')
    })
    const [zombie] = await once(createInterface({ input: parent.stdout }), 'line')
    await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8')).toMatch(/\) Z /)
    writeFileSync(join(data, 'postmaster.pid'), `${zombie}\n${data}\n`)
    const server = await start()
    expect(await ask(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }])
    await server.stop()
  },
)

test('making the data is done again where it was interrupted', async () => {
  mkdirSync(join(folder, 'data.making', 'base'), { recursive: true })
  writeFileSync(join(folder, 'data.making', 'PG_VERSION'), '18\n')
  const server = await start()
  expect(existsSync(join(folder, 'data.making'))).toBe(false)
  await server.stop()
})

test('what does not start says why, in the words of PostgreSQL', async () => {
  copyMade()
  writeFileSync(join(folder, 'data', 'PG_VERSION'), '9.6\n')
  await expect(start()).rejects.toThrow(/incompatible with server/)
})

test.runIf(process.getuid?.() === 0)('below a folder that only root may enter, the data lies elsewhere', async () => {
  chmodSync(folder, 0o700)
  const lines: string[] = []
  const said = createLogger({ service: 'test', level: 'info', stream: { write: (line) => lines.push(line) } })
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), port: 0, logger: said, throwAway: true })
  const [place] = /\/var\/lib\/continuum\/[^/" ]+\/postgres/.exec(lines.join('')) ?? []
  if (!place) throw new Error(`The log does not say where the data is: ${lines.join('')}`)
  onTestFinished(() => rmSync(dirname(place), { recursive: true }))
  await ask(server.url, `create table articles as select '00353' as id`)
  await server.stop()
  expect(readFileSync(join(folder, 'data', 'PG_VERSION'), 'utf8')).toMatch(/^\d+\n$/)
  const again = await start()
  expect(await ask(again.url, 'select id from articles')).toEqual([{ id: '00353' }])
  await again.stop()
})
