import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { journalsOf } from '@continuum/article'
import { createClients, createPollingClients, namesFor, queueUrl } from '@continuum/aws-resources'
import { connectDatabase, serve, type Start } from '@continuum/service'
import type { DashboardSettings } from '@continuum/settings'
import type { Sql } from 'postgres'
import { createComparison, startComparing } from './compare/compare-runs.ts'
import { areEmpty, executionsOf } from './compare/executions.ts'
import { connectContents } from './content/connect-contents.ts'
import { connectExecutions, type Executions } from './executions/connect-executions.ts'
import { createShow } from './executions/hide-secrets.ts'
import { consumeEvents } from './consume/consume-events.ts'
import { checksOf } from './web/health.ts'
import { listenForChanges } from './live/changes.ts'
import { connectDeposits } from './http/deposits-client.ts'
import { connectMailer } from './http/mailer.ts'
import { createProcessLook } from './processes/look-at-processes.ts'
import { sendRequests } from './publish/outbox.ts'
import { createQueueLook, lookIntervalMilliseconds } from './queues/look-at-queues.ts'
import { performRedrives, startRedriving } from './queues/perform-redrives.ts'
import { connectQueues } from './queues/queues-client.ts'
import { startScheduler } from './schedule/scheduler.ts'
import { refreshOutdated } from './project/refresh-outdated.ts'
import { countLooks } from './watch/metrics.ts'
import { probesOf } from './watch/probes.ts'
import { createWatch, startWatching } from './watch/watch.ts'
import { createWeb } from './web/create-web.ts'

/** A part of the dashboard that runs without the other. */
export type Part = 'web' | 'consumer'

/** Starts the dashboard, or one part of it. */
export async function startDashboard(start: Start<DashboardSettings>, part?: Part): Promise<{ url?: string }> {
  const { settings, logger, health, onClose } = start
  const migrations = new URL('store/migrations/', import.meta.url)
  const { DATABASE_URL, DATABASE_PASSWORD_SECRET: passwordSecret } = settings
  const sql = await connectDatabase({
    url: DATABASE_URL,
    passwordSecret,
    schema: 'dashboard',
    migrations,
    logger,
    max: 15,
  })
  onClose(() => sql.end({ timeout: 1 }))
  health.addChecks(checksOf(sql))
  if (part !== 'web') await startConsumer(start, sql)
  return part === 'consumer' ? {} : startWeb(start, sql)
}

/** Starts the consumer of the events queue and the scheduler of publications. */
async function startConsumer(start: Start<DashboardSettings>, sql: Sql) {
  const { settings, logger, signal, health, onClose } = start
  await refreshOutdated(sql, settings.PREVIEW_BASE_URL, logger)
  const names = namesFor(settings)
  const queue = names.queues.events
  const { sqs } = createPollingClients({ region: settings.AWS_REGION })
  const consumer = consumeEvents({
    sqs,
    queueUrl: await queueUrl(sqs, queue),
    queue,
    sql,
    previewBaseUrl: settings.PREVIEW_BASE_URL,
    consumers: settings.EVENT_CONSUMERS,
    ...(settings.EVENT_BATCH !== undefined && { batch: settings.EVENT_BATCH }),
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  health.addPollers({ name: queue, lastSignOfLife: consumer.lastSignOfLife })
  const comparing = startComparing(await comparison(start, sql), logger)
  onClose(comparing.stop)
  const watching = startWatching(await watch(start, sql), logger)
  onClose(watching.stop)
  const counted = connectQueues(createClients({ region: settings.AWS_REGION }).sqs, names)
  const looking = startWatching(createQueueLook(sql, counted, Date.now), logger, lookIntervalMilliseconds)
  onClose(looking.stop)
  const { PROCESSES: processes } = settings
  const lookAtProcesses = createProcessLook({ sql, processes, now: Date.now, logger })
  const lookingAtProcesses = startWatching(lookAtProcesses, logger, lookIntervalMilliseconds)
  onClose(lookingAtProcesses.stop)
  countLooks(health, sql, settings)
  const sendAll = await requestSender(start, sql)
  const swf = executionsOfEnvironment(start, sql, 5_000)
  const sendRequestsAndActs = async () => {
    await sendAll()
    await swf.sendActs()
  }
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings
  const scheduler = startScheduler({ sql, previewBaseUrl, sendRequests: sendRequestsAndActs, logger })
  onClose(scheduler.stop)
}

/** Creates the comparison of the open runs with SWF and the queues. */
async function comparison({ settings, logger }: Start<DashboardSettings>, sql: Sql): Promise<() => Promise<void>> {
  const { sqs, swf } = createClients({ region: settings.AWS_REGION })
  const { domain, queues } = namesFor(settings)
  const urls = [await queueUrl(sqs, queues.events), await queueUrl(sqs, queues.starter)]
  return createComparison({
    sql,
    previewBaseUrl: settings.PREVIEW_BASE_URL,
    executionsOf: (article) => executionsOf(swf, domain, article),
    queuesEmpty: () => areEmpty(sqs, urls),
    now: Date.now,
    logger,
  })
}

/** Creates the look at what Continuum cannot work without. */
async function watch({ settings, logger }: Start<DashboardSettings>, sql: Sql): Promise<() => Promise<void>> {
  const clients = createClients({ region: settings.AWS_REGION })
  const { domain, queues, buckets } = namesFor(settings)
  const probes = probesOf({
    clients,
    domain,
    queueUrl: await queueUrl(clients.sqs, queues.events),
    bucket: buckets.cdn,
    laxUrl: settings.LAX_URL,
    disk: settings.WATCHED_FOLDER ?? process.cwd(),
  })
  return createWatch({ sql, probes, now: Date.now, logger })
}

/** Starts the web server: the pages and the API. */
async function startWeb(start: Start<DashboardSettings>, sql: Sql): Promise<{ url: string }> {
  const { settings, logger, onClose } = start
  const changes = await listenForChanges(sql)
  onClose(changes.close)
  const sendAll = await requestSender(start, sql)
  const deposits = connectDeposits({ url: settings.DEPOSITS_URL, token: settings.DEPOSITS_TOKEN })
  const journals = journalsOf(settings.JOURNALS)
  const { s3, sqs } = createClients({ region: settings.AWS_REGION })
  const names = namesFor(settings)
  const queues = connectQueues(sqs, names)
  const redriving = startRedriving(() => performRedrives(sql, queues, logger))
  onClose(redriving.stop)
  const contents = connectContents({ s3, buckets: names.buckets, laxUrl: settings.LAX_URL, journals })
  const swf = executionsOfEnvironment(start, sql, 700)
  const mail = connectMailer(settings)
  const context = {
    sql,
    settings,
    logger,
    sendRequests: sendAll,
    deposits,
    queues,
    redriving: redriving.now,
    contents,
    swf,
    journals,
    mail,
  }
  const { app } = await createWeb(context, changes, start.health)
  const { url, close } = await serve(app, settings)
  onClose(close)
  return { url }
}

/**
 * Connects to the executions of the environment.
 *
 * @param milliseconds nobody waits longer than this for SWF
 */
function executionsOfEnvironment(
  { settings, logger, onClose }: Start<DashboardSettings>,
  sql: Sql,
  milliseconds: number,
): Executions {
  const { swf } = createClients({ region: settings.AWS_REGION, timeoutMilliseconds: milliseconds, maxAttempts: 1 })
  onClose(async () => swf.destroy())
  const { domain, taskLists } = namesFor(settings)
  const show = createShow(secretsOf(settings))
  return connectExecutions({ swf, domain, taskList: taskLists.decisions, sql, show, milliseconds, logger })
}

/** The secrets that this service knows. */
function secretsOf(settings: DashboardSettings): string[] {
  const { DASHBOARD_TOKEN, DEPOSITS_TOKEN, PREVIEW_SECRET, SESSION_SECRET, SIGN_IN_SECRET } = settings
  const { OPENID_CLIENT_SECRET, MAIL_PASSWORD } = settings
  const { DASHBOARD_TOKEN_SECOND, SESSION_SECRET_SECOND, SIGN_IN_SECRET_SECOND } = settings
  const seconds = [DASHBOARD_TOKEN_SECOND, SESSION_SECRET_SECOND, SIGN_IN_SECRET_SECOND]
  const ours = [DASHBOARD_TOKEN, DEPOSITS_TOKEN, PREVIEW_SECRET, SESSION_SECRET, SIGN_IN_SECRET]
  return [...ours, ...seconds, OPENID_CLIENT_SECRET, MAIL_PASSWORD].filter((secret) => secret !== undefined)
}

/** Creates the function that sends the stored requests to the workflow starter queue. */
async function requestSender({ settings, logger }: Start<DashboardSettings>, sql: Sql): Promise<() => Promise<void>> {
  const { sqs } = createClients({ region: settings.AWS_REGION })
  const { starter } = namesFor(settings).queues
  const url = await queueUrl(sqs, starter)
  const send = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }))
  return () => sendRequests(sql, send, logger)
}
