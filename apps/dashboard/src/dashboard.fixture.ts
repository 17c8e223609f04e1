import { randomUUID } from 'node:crypto'
import { connectDatabase, createLogger, signToken } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { afterAll } from 'vitest'
import { takeMessage } from './consume/take-message.ts'
import type { Received } from './derive/words.ts'
import { healthOf } from './health.ts'
import { listenForChanges } from './live/changes.ts'
import { sendRequests } from './publish/outbox.ts'
import type { DashboardSettings } from '@continuum/settings'
import { createWeb } from './web.ts'

export const logger = createLogger({ service: 'dashboard', level: 'silent' })

export const settings: DashboardSettings = {
  HOST: '127.0.0.1',
  PORT: 0,
  DATABASE_URL: 'postgres://unused',
  LOG_LEVEL: 'silent',
  STOP_WITH_PARENT: false,
  STOP_SECONDS: 3,
  ENVIRONMENT: 'local',
  PREFIX: 'local-',
  ORGANISATION: 'continuum',
  AWS_REGION: 'us-east-1',
  SITE_URL: 'https://site.test',
  PREVIEW_BASE_URL: 'https://site.test/',
  PREVIEW_SECRET: 'the preview secret',
  SIGN_IN_SECRET: 'the sign-in secret',
  SESSION_SECRET: 'the session secret',
  DASHBOARD_TOKEN: 'the-token-of-machines',
  EVENT_CONSUMERS: 5,
}

export const machine = { authorization: `Bearer ${settings.DASHBOARD_TOKEN}` }

let database: { url: string; [Symbol.asyncDispose]: () => Promise<void> } | undefined

afterAll(async () => database?.[Symbol.asyncDispose]())

/** The migrated database of a test file, emptied for one of its tests. */
export async function startDatabase() {
  database ??= await testDatabase()
  const { url } = database
  const migrations = new URL('store/migrations/', import.meta.url)
  const sql = await connectDatabase({ url, schema: 'dashboard', migrations, logger, max: 6 })
  await sql`truncate message, dismissal, request, schedule, article, current_run, used_sign_in, ended_session restart identity`
  const say = async (received: Received[]) => {
    for (const { message, sent } of received) await takeMessage(sql, message, sent, settings.PREVIEW_BASE_URL)
  }
  return { url, sql, say, [Symbol.asyncDispose]: () => sql.end() }
}

/**
 * The web side on a database of its own. `sent` is what went to the workflow starter queue, which can be cut off.
 */
export async function startDashboard(more: Partial<DashboardSettings> = {}) {
  const stack = new AsyncDisposableStack()
  const { sql, say } = stack.use(await startDatabase())
  const changes = await listenForChanges(sql)
  stack.defer(changes.close)
  const sent: unknown[] = []
  const starter = { cut: false }
  const send = async (body: string) => {
    if (starter.cut) throw new Error('the queue is away')
    sent.push(JSON.parse(body))
  }
  const sendAll = () => sendRequests(sql, send, logger)
  const dashboard = { sql, settings: { ...settings, ...more }, logger, changes, sendRequests: sendAll }
  const app = await createWeb(dashboard, healthOf(sql))
  stack.defer(() => app.close())

  const get = (url: string, headers: Record<string, string> = machine) => app.inject({ url, headers })
  const post = (url: string, payload: object | string, headers: Record<string, string> = machine) =>
    app.inject({ method: 'POST', url, payload, headers })

  /** A person's session: their cookie, and the token that their forms carry. */
  const signIn = async (user: string) => {
    const link = await get(signInLink(user), {})
    const cookie = String(link.headers['set-cookie']).split(';')[0] ?? ''
    const page = await get('/current', { cookie })
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const submit = (url: string, form: [string, string][]) =>
      post(url, new URLSearchParams([['_csrf', csrf], ...form]).toString(), {
        cookie,
        'content-type': 'application/x-www-form-urlencoded',
      })
    return { cookie, csrf, submit, get: (url: string) => get(url, { cookie }) }
  }
  return { app, sql, say, sent, starter, get, post, signIn, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

export function signInLink(user: string, more: Record<string, unknown> = {}): string {
  const exp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + 60
  return `/sign-in?token=${signToken(settings.SIGN_IN_SECRET, { user, nonce: randomUUID(), exp, ...more })}`
}
