import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve as absolute } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from '../process/log.ts'
import { accountFor, type Account } from './account.ts'
import { findBinaries, type Binaries } from './binaries.ts'
import { environment, createCluster, passwordOf, superuser } from './cluster.ts'
import { ownerMark, stopOrphan } from './orphan.ts'
import { removeLeftBehind } from './left-behind.ts'
import { locateData, systemFolder } from './data-directory.ts'

/** A running server: its URL, and a function to stop it. */
export interface EmbeddedPostgres {
  url: string
  /** The number of its first process. */
  pid: number
  stop: () => Promise<void>
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<void>
}

const timeout = { startMilliseconds: 60_000, stopMilliseconds: 1500 }

const serverSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Nothing is replicated and little is read from disk: no processes for that.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  // Statements are short; compiling them costs more than it gains, and loads LLVM.
  jit: 'off',
}

/** The settings for data that is thrown away: a crash of the machine would corrupt it. */
const throwAwaySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts a real PostgreSQL on 127.0.0.1, for development and tests. The data stays in `dataDir`. The server of an owner
 * that was killed is stopped first; root runs it under another account (`data-directory.ts` says where the data is then).
 *
 * @param options.port 0 for any free one
 * @param options.throwAway gives up safety against a crash of the machine for speed; for tests
 * @throws DatabaseInUseError when another live process runs the server on this folder; an Error with PostgreSQL's output
 *   when it does not start
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  port: number
  logger: Logger
  throwAway?: boolean
}): Promise<EmbeddedPostgres> {
  const { logger, throwAway = false } = options
  const dataDir = absolute(options.dataDir)
  const account = accountFor(dataDir)
  const { data, elsewhere } = locateData(dataDir, account)
  if (elsewhere)
    logger.info({ data }, `the data is in ${data}, because the account of PostgreSQL cannot enter ${dataDir}`)
  for (const folder of account ? removeLeftBehind(systemFolder) : []) {
    logger.info({ folder }, `removed ${folder}: the data folder that it belonged to was deleted`)
  }
  const binaries = findBinaries(account)
  await createCluster({ data, binaries, account, throwAway })
  await stopOrphan(data, logger)
  const port = options.port === 0 ? await freePort() : options.port
  const settings = throwAway ? { ...serverSettings, ...throwAwaySettings } : serverSettings
  const server = await start({ data, port, settings, binaries, account, logger })
  return { url: embeddedPostgresUrl({ dataDir, port }), ...server }
}

/** Returns the URL of the server on this folder and port, for another process of its owner; the password is in the folder. */
export function embeddedPostgresUrl(options: { dataDir: string; port: number }): string {
  const { data } = locateData(absolute(options.dataDir), accountFor(absolute(options.dataDir)))
  return `postgres://${superuser}:${passwordOf(data)}@127.0.0.1:${options.port}/postgres`
}

async function start(options: {
  data: string
  port: number
  settings: Record<string, string>
  binaries: Binaries
  account: Account | undefined
  logger: Logger
}): Promise<Pick<EmbeddedPostgres, 'pid' | 'stop' | 'ended'>> {
  const { data, port, settings, binaries, account, logger } = options
  const flags = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const child = spawn(
    binaries.postgres,
    ['-D', data, '-p', String(port), ...[...flags, ownerMark(process.pid)].flatMap((flag) => ['-c', flag])],
    // Detached: a terminal's Ctrl-C must stop the services first, not the database under them.
    { ...account, cwd: '/', env: environment, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const orphaned = () => child.kill('SIGINT')
  process.once('exit', orphaned)
  let stopping = false
  const ended = Promise.withResolvers<void>()
  child.once('exit', () => {
    ended.resolve()
    process.off('exit', orphaned)
    if (!stopping) logger.error({ data }, 'the database server ended')
  })
  await untilReady(child, logger)
  const stop = async () => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGINT')
    const impatient = setTimeout(() => child.kill('SIGQUIT'), timeout.stopMilliseconds)
    await gone
    clearTimeout(impatient)
  }
  return { pid: child.pid ?? 0, stop, ended: ended.promise }
}

async function untilReady(child: ChildProcess, logger: Logger): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const said: string[] = []
  const late = setTimeout(() => child.kill('SIGQUIT'), timeout.startMilliseconds)
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      logger.debug({ line }, 'PostgreSQL')
      if (said.length < 20) said.push(line)
      if (line.includes('ready to accept connections')) resolve()
    })
  }
  child.once('error', reject)
  child.once('close', () => reject(new Error(`PostgreSQL did not start: ${said.join('\n')}`)))
  try {
    await promise
  } finally {
    clearTimeout(late)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('The machine gave no free port')
  return address.port
}
