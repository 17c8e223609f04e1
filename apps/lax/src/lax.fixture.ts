import type { Journal } from '@continuum/article'
import { connectDatabase, createLogger, createServiceHealth, type Secrets } from '@continuum/service'
import { sharedDatabase } from '@continuum/service/testing'
import { createLax } from './app.ts'
import { journal } from './rules/samples.fixture.ts'

export const token = 'a-token-of-the-tests'
export const readToken = 'a-token-that-may-not-write'

const database = await sharedDatabase()
export const databaseUrl = database.url
const logger = createLogger({ service: 'lax', level: 'silent' })
const migrations = new URL('./migrations/', import.meta.url)
const sql = await connectDatabase({ url: database.url, schema: 'lax', migrations, logger, max: 3 })

type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS'

/** An empty article store, whose clock the test sets, with the requests that the tests make; one at a time. */
export async function startLax(
  start = '2016-10-05T12:00:00Z',
  journals: readonly Journal[] = [journal],
  tokens: { token: Secrets; readToken: Secrets } = { token, readToken },
) {
  await sql`truncate event, fragment, outbox, search, withdrawal, withdrawn_content`
  await sql`delete from content`
  const clock = { now: Temporal.Instant.from(start) }
  const health = createServiceHealth('lax')
  const app = await createLax({ sql, journals, ...tokens, now: () => clock.now, logger, health })
  const authorization = `Bearer ${token}`

  return {
    app,
    health,
    clock,
    sql,
    authorization,
    get: (path: string, headers: Record<string, string> = {}) =>
      app.inject({ method: 'GET', url: `/api/v2/articles${path}`, headers }),
    put: (path: string, payload: unknown, headers: Record<string, string> = { authorization }) =>
      app.inject({
        method: 'PUT',
        url: `/api/v2/articles${path}`,
        headers: { ...headers, 'content-type': 'application/json' },
        payload: text(payload),
      }),
    /** A request to any address, with the token unless `headers` say otherwise. */
    request: (method: Method, url: string, payload?: unknown, headers: Record<string, string> = { authorization }) =>
      app.inject({
        method,
        url,
        headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(payload !== undefined && { payload: text(payload) }),
      }),
    post: (path: string, payload: unknown, headers: Record<string, string> = { authorization }) =>
      app.inject({
        method: 'POST',
        url: `/api/v2/articles${path}`,
        headers: { ...headers, 'content-type': 'application/json' },
        payload: text(payload),
      }),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

export type Lax = Awaited<ReturnType<typeof startLax>>

function text(payload: unknown): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload)
}
