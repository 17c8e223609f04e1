import { randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SWFClient } from '@aws-sdk/client-swf'
import { journalsOf } from '@continuum/article'
import { namesFor } from '@continuum/aws-resources'
import { connectDatabase, createLogger, createServiceHealth, signToken } from '@continuum/service'
import { sharedDatabase } from '@continuum/service/testing'
import type { DashboardSettings } from '@continuum/settings'
import { connectExecutions } from '../executions/connect-executions.ts'
import { createShow } from '../executions/hide-secrets.ts'
import { recordMessage } from '../consume/record-message.ts'
import { connectContents } from '../content/connect-contents.ts'
import type { Received } from '../derive/history/model.ts'
import { checksOf } from './health.ts'
import { connectDeposits } from '../http/deposits-client.ts'
import { connectMailer } from '../http/mailer.ts'
import { listenForChanges } from '../live/changes.ts'
import { sendRequests } from '../publish/outbox.ts'
import { performRedrives } from '../queues/perform-redrives.ts'
import { connectQueues } from '../queues/queues-client.ts'
import { createWeb } from './create-web.ts'
import type { Role } from '../derive/rules/roles.ts'
import { addAccount } from '../store/accounts.ts'

export const logger = createLogger({ service: 'dashboard', level: 'silent' })

export const settings: DashboardSettings = {
  HOST: '127.0.0.1',
  PORT: 0,
  DATABASE_URL: 'postgres://unused',
  LOG_LEVEL: 'silent',
  HEALTH_HOST: '127.0.0.1',
  HEALTH_PORT: 0,
  PROCESSES: [],
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
  LAX_URL: 'http://127.0.0.1:9',
  DEPOSITS_URL: 'http://127.0.0.1:9',
  DEPOSITS_TOKEN: 'the-token-of-deposits',
  EVENT_CONSUMERS: 5,
  JOURNALS: [
    {
      name: 'eLife',
      publisher: 'P',
      prefix: 'elife',
      doiPrefix: '10.7554/eLife.',
      idDigits: 5,
      timeZone: 'Europe/London',
    },
    { name: 'IJM', publisher: 'P', prefix: 'ijm', doiPrefix: '10.34196/ijm.' },
  ],
}

export const machine = { authorization: `Bearer ${settings.DASHBOARD_TOKEN}` }

/** Starts a migrated, empty database; the tests of a worker share it. */
export async function startDatabase() {
  const { url } = await sharedDatabase()
  const migrations = new URL('../store/migrations/', import.meta.url)
  const sql = await connectDatabase({ url, schema: 'dashboard', migrations, logger, max: 6 })
  await sql`truncate message, dismissal, request, schedule, article, current_run, archived_run, list_value, batch, batch_item, visit, saved_view, execution_act, used_sign_in, ended_session, session, preview_look, account, account_identity, activity, assignment, dependency, redrive, queue_look, process_look restart identity`
  const receive = async (received: Received[]) => {
    for (const { message, sent } of received) await recordMessage(sql, message, sent, settings.PREVIEW_BASE_URL)
  }
  return { url, sql, receive, [Symbol.asyncDispose]: () => sql.end() }
}

/** Starts the web application on an empty database. `sent` has the messages of the workflow starter queue; `starter.cut` makes it fail. */
export async function startDashboard(more: Partial<DashboardSettings> = {}) {
  const stack = new AsyncDisposableStack()
  const { sql, receive } = stack.use(await startDatabase())
  const changes = await listenForChanges(sql)
  stack.defer(changes.close)
  const sent: unknown[] = []
  const starter = { cut: false }
  const send = async (body: string) => {
    if (starter.cut) throw new Error('the queue is unavailable')
    sent.push(JSON.parse(body))
  }
  const sendAll = () => sendRequests(sql, send, logger)
  const all = { ...settings, ...more }
  const deposits = connectDeposits({ url: all.DEPOSITS_URL, token: all.DEPOSITS_TOKEN })
  const journals = journalsOf(all.JOURNALS)
  // Without an S3 of the test's own, nothing answers at its address.
  const s3 = createS3(awsUrl())
  stack.defer(() => s3.destroy())
  const contents = connectContents({ s3, buckets, laxUrl: all.LAX_URL, journals })
  const sqs = new SQSClient({ endpoint: awsUrl(), region: settings.AWS_REGION, credentials, maxAttempts: 1 })
  stack.defer(() => sqs.destroy())
  const queues = connectQueues(sqs, names)
  const redriving = () => performRedrives(sql, queues, logger)
  const client = createSwf(awsUrl())
  stack.defer(() => client.destroy())
  const show = createShow([all.DASHBOARD_TOKEN])
  const swf = connectExecutions({
    swf: client,
    domain,
    taskList: taskLists.decisions,
    sql,
    show,
    milliseconds: 700,
    logger,
  })
  const context = {
    sql,
    settings: all,
    logger,
    sendRequests: sendAll,
    deposits,
    queues,
    redriving,
    contents,
    swf,
    journals,
    mail: connectMailer(all),
  }
  const health = createServiceHealth('dashboard')
  health.addChecks(checksOf(sql))
  const { app, routes } = await createWeb(context, changes, health)
  stack.defer(() => app.close())

  /** Pretends that the seconds are over in which publications can be taken back. */
  const afterHold = async () => {
    await sql`update request set held_until = held_until - interval '1 minute'`
    await sendAll()
  }

  const get = (url: string, headers: Record<string, string> = machine) => app.inject({ url, headers })
  const post = (url: string, payload: object | string, headers: Record<string, string> = machine) =>
    app.inject({ method: 'POST', url, payload, headers })

  /** Signs a person in, who gets an account if they have none: returns the cookie and the CSRF token of the session. */
  const signIn = async (user: string, role: Role = 'administrator') => {
    await addAccount(sql, { name: user, fullName: '', email: null, role, addedBy: 'test' })
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
  return {
    app,
    routes,
    sql,
    receive,
    sent,
    starter,
    swf,
    afterHold,
    redriving,
    get,
    post,
    signIn,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The names of the tests' environment. */
export const names = namesFor(settings)
export const { buckets, domain, taskLists } = names

const awsUrl = () => process.env['AWS_ENDPOINT_URL'] ?? 'http://127.0.0.1:9'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/** Creates a client of an SWF that asks once. */
export function createSwf(endpoint: string): SWFClient {
  return new SWFClient({ endpoint, region: settings.AWS_REGION, credentials, maxAttempts: 1 })
}

/** Creates a client of an S3 that asks once. */
export function createS3(endpoint: string): S3Client {
  return new S3Client({ endpoint, region: settings.AWS_REGION, credentials, maxAttempts: 1, forcePathStyle: true })
}

export function signInLink(user: string, more: Record<string, unknown> = {}): string {
  const exp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + 60
  return `/sign-in?token=${signToken(settings.SIGN_IN_SECRET, { user, nonce: randomUUID(), exp, ...more })}`
}
