import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision } from '@continuum/aws-resources'
import { createLogger, startEmbeddedPostgres } from '@continuum/service'
import postgres, { type Sql } from 'postgres'

const token = 'the-token-of-the-bench'
export const authorization = `Bearer ${token}`
const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** A process that is measured. */
export interface Server {
  readonly url: string
  readonly pid: number
}

/** A process of the article store, its database, and the number of articles that it is to have. */
export interface Store extends Server {
  readonly sql: Sql
  readonly articles: number
}

/** Two article stores, each a process with a database, of many articles and of few; and the process that serves constants. */
export async function startSystem({ few, many }: { few: number; many: number }) {
  const stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'bench-lax-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const logger = createLogger({ service: 'bench', level: 'error' })
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), port: 0, logger, throwAway: true })
  stack.defer(() => database.stop())
  const aws = await startAwsLocal({})
  stack.defer(() => aws.close())
  const credentials = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  Object.assign(process.env, credentials)
  const clients = createClients({ region: 'us-east-1' })
  await provision(clients, namesOf({ prefix: 'bench-', organisation: 'continuum' }), () => undefined)
  for (const client of Object.values(clients)) client.destroy()

  const start = async (script: string, env: Record<string, string>) => {
    const child = spawn(process.execPath, [root(script)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...credentials, ...env },
    })
    stack.defer(async () => {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGTERM')
      await ended
    })
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"event":"ready"')) return { url: String(JSON.parse(line).url), pid: child.pid ?? 0 }
    }
    throw new Error(`${script} did not start`)
  }
  const startStore = async (url: string, articles: number): Promise<Store> => {
    const server = await start('apps/lax/src/main.ts', {
      PREFIX: 'bench-',
      ORGANISATION: 'continuum',
      DATABASE_URL: url,
      PORT: '0',
      LAX_TOKEN: token,
      JOURNALS: JSON.stringify([
        { name: 'eLife', publisher: 'P', prefix: 'elife', doiPrefix: '10.7554/eLife.', idDigits: 5, publicApi: true },
      ]),
    })
    return { ...server, sql: connect(url), articles }
  }
  const connect = (url: string) => {
    const sql = postgres(url, { max: 1, connection: { search_path: 'lax' }, onnotice: () => undefined })
    stack.defer(() => sql.end({ timeout: 1 }))
    return sql
  }
  await connect(database.url)`create database small`
  const small = await startStore(Object.assign(new URL(database.url), { pathname: '/small' }).href, few)
  const lax = await startStore(database.url, many)
  const constant = await start('bench/lax/constant.ts', {})
  return { lax, small, constant, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

export interface Server {
  readonly url: string
  readonly pid: number
}

export type System = Awaited<ReturnType<typeof startSystem>>

/** Fills a store with copies of a published article up to its number, as a corpus that has grown over years. */
export async function fillTo({ sql, articles }: Store): Promise<void> {
  await sql`
    insert into content (article, version, stage, run, doi, status, given, date, updated, fingerprint, head, body, snippet, history,
      related, related_external, related_preprints, newest, newest_published, public_api)
    select 'x' || n, version, stage, run, '10.7554/eLife.x' || n, status, given, date - n * interval '1 hour', updated, fingerprint,
      head, body, snippet, history, '{}', related_external, related_preprints, newest, newest_published, public_api
    from content, generate_series((select count(*) from content), ${articles}) as n
    where article = '00001' and version = 1 and stage = 'published'
    on conflict do nothing`
  await sql`vacuum analyze content`
  await sql`select pg_notify('lax_article_changed', 'x1')`
}
