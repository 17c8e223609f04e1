import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../process/log.ts'
import { stopOrphan } from '../postgres/orphan.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/server.ts'
import { addressVariable, dropSharedDatabases, sharedPrefixVariable } from './test-database.ts'

const folderPrefix = 'continuum-test-postgres-'
const logger = createLogger({ service: 'test-postgres', level: 'error' })

/**
 * Sets up a vitest run (`globalSetup`): answers on a loopback port with the URL of one PostgreSQL for all tests. The
 * server starts at the first request, so a run without databases starts none. Where DATABASE_URL names a server, that is the one, and
 * what was made on it is dropped at the end.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const prefix = `test_${randomUUID().slice(0, 8)}_`
  process.env[sharedPrefixVariable] = prefix
  if (process.env['DATABASE_URL']) return () => dropSharedDatabases(prefix)
  let running: Promise<EmbeddedPostgres> | undefined
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`))
  chmodSync(folder, 0o711) // so that the account PostgreSQL runs as can pass
  const locator = createServer((_, response) => {
    running ??= startFresh(folder)
    running.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(locator, 'listening')
  const address = locator.address()
  if (typeof address === 'object' && address) process.env[addressVariable] = `http://127.0.0.1:${address.port}`
  return async () => {
    locator.close()
    locator.closeAllConnections()
    await running?.then(({ stop }) => stop()).catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startFresh(folder: string): Promise<EmbeddedPostgres> {
  await clearLeftovers()
  return startEmbeddedPostgres({ dataDir: join(folder, 'data'), port: 0, logger, throwAway: true })
}

/** Removes what killed runs have left behind. */
async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(name.slice(folderPrefix.length).split('-')[0])
    if (!name.startsWith(folderPrefix) || isAlive(owner)) continue
    const folder = join(tmpdir(), name)
    await stopOrphan(join(folder, 'data'), logger)
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
