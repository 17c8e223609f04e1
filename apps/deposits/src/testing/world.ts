import { setTimeout as pause } from 'node:timers/promises'
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { journalsOf } from '@continuum/article'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, makeDomain, namesOf, type Clients, type Names } from '@continuum/aws-resources'
import type { Deposit, PublishedRun } from '@continuum/messages'
import type { Recipient } from '@continuum/recipients'
import { bothSecrets, connectDatabase, createLogger, createServiceHealth } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import type { RecipientSettings } from '@continuum/settings'
import {
  createWorkflowClient,
  registerTypes,
  startDecider,
  startWorker,
  type Implementation,
} from '@continuum/workflow-core'
import { createTestClock, type TestClock } from '@continuum/workflow-core/testing'
import { onTestFinished, vi } from 'vitest'
import { createDeposits } from '../app.ts'
import { createBuild, createCrossrefFiles } from '../documents/build.ts'
import { markAttempt } from '../documents/attempt-marks.ts'
import { keepDocument, openDocument } from '../documents/keep.ts'
import { planNotice } from '../plan/notice.ts'
import { planPublication } from '../plan/plan.ts'
import { connectLax } from '../services/lax.ts'
import { openFile, readFile } from '../services/files.ts'
import { workedColumns, type Worked } from '../store/deposits.ts'
import { createExecutions } from '../work/executions.ts'
import type { WorkTools } from '../work/tools.ts'
import { implementations } from '../work/work.ts'
import { deposit } from '../workflows/deposit.ts'
import { deposits } from '../workflows/deposits.ts'
import { elife, simpleXml, type TestArticle } from './articles.ts'
import { startLaxStandIn } from './lax-stand-in.ts'

const token = 'a-token-of-the-tests'
const authorization = `Bearer ${token}`

/** Options of {@link startWorld}. */
export interface WorldOptions {
  readonly recipients: readonly RecipientSettings[]
  readonly connect: (recipient: RecipientSettings, now: () => Temporal.Instant) => Recipient
  /** Documents as recipients get them; without it each is the article's XML: for tests that are about the sending. */
  readonly realDocuments?: boolean
  readonly live?: boolean
  readonly withScheduled?: boolean
  readonly start?: string
  readonly clock?: TestClock
  /** A second token that is accepted. */
  readonly secondToken?: string
}

/**
 * The whole service on a PostgreSQL, an SWF and an S3 of its own, with virtual time: nothing waits but on the clock, which skips to the
 * next timer when no process has anything to do.
 */
export async function startWorld(options: WorldOptions) {
  const clock =
    options.clock ?? createTestClock(Temporal.Instant.from(options.start ?? '2026-11-30T12:00:00Z').epochMilliseconds)
  let offset = 0
  const now = () => Temporal.Instant.fromEpochMilliseconds(clock.now() + offset)
  const aws = await startAwsLocal({ clock, pollSeconds: 10_000_000_000 })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const polling = createClients({ region: 'us-east-1' })
  const names = namesOf({ prefix: 'test-', organisation: 'continuum' })
  await makeResources(clients, names)
  const database = await testDatabase()
  const logger = createLogger({ service: 'deposits', level: 'silent' })
  const migrations = new URL('../migrations/', import.meta.url)
  const sql = await connectDatabase({ url: database.url, schema: 'deposits', migrations, logger })
  const lax = await startLaxStandIn()
  const { domain, taskLists, buckets } = names
  const kept = { s3: clients.s3, bucket: buckets.downstream }
  const workflowClient = createWorkflowClient({ swf: clients.swf, domain, taskList: taskLists.depositDecisions })
  const executions = createExecutions(workflowClient, now)
  const openExecutions = async () =>
    (await Array.fromAsync(workflowClient.listOpen())).map(({ execution }) => execution?.workflowId ?? '')
  const buildTools = {
    sql,
    readStored: ({ key }: { key: string }) => readFile(kept.s3, kept.bucket, key),
    journals: journalsOf([elife]),
    recipients: options.recipients,
    addresses: { site: 'https://site.test', cdn: 'https://cdn.test' },
    read: (folder: string, name: string) => readFile(clients.s3, buckets.expanded, `${folder}/${name}`),
    open: (folder: string, name: string) => openFile(clients.s3, buckets.expanded, `${folder}/${name}`),
  }
  const tools: WorkTools = {
    sql,
    recipients: options.recipients,
    build: options.realDocuments ? createBuild(buildTools) : buildXml(clients.s3, buckets.expanded),
    keep: (row, document, signal) => keepDocument(kept, row, document, signal),
    open: (stored, signal) => openDocument(kept, stored, signal),
    mark: (row, attempt, signal) => markAttempt({ ...kept, now }, row, attempt, signal),
    connect: (recipient) => options.connect(recipient, now),
    start: executions.start,
    wake: executions.wake,
    now,
    logger,
  }
  // A process that was killed is busy no more.
  let living = { busy: 0 }
  const watched = (all: readonly Implementation[]) => {
    const its = living
    return all.map(({ activity, run }) => ({
      activity,
      run: (...given: Parameters<typeof run>) => {
        its.busy += 1
        return run(...given).finally(() => (its.busy -= 1))
      },
    }))
  }
  const workflows = [deposit, deposits]
  await registerTypes({ swf: clients.swf, domain, workflows, taskLists: { decisions: taskLists.depositDecisions } })
  const decider = startDecider({
    swf: polling.swf,
    domain,
    taskList: taskLists.depositDecisions,
    workflows,
    concurrency: 4,
    logger,
  })
  const startTheWorker = () => {
    const swf = mortal(createClients({ region: 'us-east-1' }).swf)
    const pollingSwf = mortal(createClients({ region: 'us-east-1' }).swf)
    const started = startWorker({
      swf: swf.client,
      pollingSwf: pollingSwf.client,
      domain,
      taskList: taskLists.deposits,
      implementations: watched(implementations(tools)),
      concurrency: 8,
      // The polls of one that was killed never end, and that ends nothing here.
      stallTimeout: '1d',
      logger,
    })
    const die = () => [swf, pollingSwf].forEach((each) => each.die())
    const end = async () => {
      await started.stop(200)
      die()
    }
    return { die, end }
  }
  let worker = startTheWorker()
  const planTools = {
    sql,
    recipients: options.recipients,
    live: options.live ?? false,
    withScheduled: options.withScheduled ?? false,
    sources: {
      journals: buildTools.journals,
      crossrefFiles: createCrossrefFiles(buildTools),
      lax: connectLax({ url: lax.url, token }),
      read: buildTools.read,
    },
    now,
  }
  const health = createServiceHealth('deposits')
  const app = await createDeposits({
    health,
    sql,
    token: bothSecrets(token, options.secondToken),
    recipients: options.recipients,
    live: options.live ?? false,
    runs: executions,
    readDocument: ({ key }) => openFile(kept.s3, kept.bucket, key),
    plan: (run) => planPublication(planTools, run),
    planNotice: (article, notice) => planNotice(planTools, article, notice),
    now,
    logger,
  })
  onTestFinished(async () => {
    await Promise.all([decider.stop(200), worker.end()])
    await app.close()
    await sql.end({ timeout: 1 })
    for (const client of [...Object.values(clients), ...Object.values(polling)]) client.destroy()
    await aws.close()
    await database[Symbol.asyncDispose]()
    vi.unstubAllEnvs()
  })
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url: `/api${url}`, headers: { authorization }, ...(payload && { payload }) })
  /** Waits until no process has anything to do but to wait for the clock. */
  const settled = async () => {
    for (;;) {
      if (living.busy === 0 && aws.domain(domain).openTasks() === 0) return
      await pause(2)
    }
  }
  return {
    health,
    sql,
    lax,
    app,
    call,
    clock,
    now,
    runs: executions,
    tools,
    workflowClient,
    /** The faults of SWF and S3. */
    faults: aws.faults,
    openExecutions,
    /** Ends all executions that are open. */
    loseExecutions: async () => {
      for (const workflowId of await openExecutions())
        await workflowClient.terminate({ workflowId }, { reason: 'lost in a test' })
    },
    /** Starts the executions of all deposits again: those that are open look again. */
    wakeAll: async () => executions.start(await sql<Worked[]>`select ${workedColumns(sql)} from deposit`),
    authorization,
    settled,
    /** Sets the machine's clock back or forth, as seen by the service. */
    shiftClock: (milliseconds: number) => (offset += milliseconds),
    /**
     * Kills the worker as SIGKILL does: not a word of it reaches SWF any more, and what it had begun never ends. Another one takes its place;
     * it is given the tasks when the heartbeats have failed to come.
     */
    killWorker: async () => {
      worker.die()
      living = { busy: 0 }
      worker = startTheWorker()
      const missed = clock.now() + 61_000
      clock.schedule(missed, () => {})
      while (clock.now() < missed) {
        clock.skip()
        await pause(10)
      }
      await settled()
    },
    /** Lets time pass until an instant, or for hours: every timer on the way fires in its order. */
    pass: async (hours: number) => {
      const until = clock.now() + hours * 3_600_000
      await settled()
      // Something must be due then, or the clock would skip over it.
      clock.schedule(until, () => {})
      while (clock.now() < until) {
        clock.skip()
        await settled()
      }
    },
    /** Publishes a version of an article: its files in the bucket, its dates in lax, its deposits planned. */
    publish: async (article: TestArticle): Promise<Deposit[]> => {
      const run = await storeRun(article)
      const answer = await call('POST', '/publications', run)
      if (answer.statusCode !== 200) throw new Error(`planning answers ${answer.statusCode}: ${answer.body}`)
      const planned: Deposit[] = answer.json()
      return planned
    },
    storeRun: (article: TestArticle) => storeRun(article),
    deposits: async (query = ''): Promise<Deposit[]> => (await call('GET', `/deposits${query}`)).json().deposits,
  }

  async function storeRun(article: TestArticle): Promise<PublishedRun> {
    const { articleId, version = 1, status = 'vor', run = `run-${version}`, published = now().toString() } = article
    const folder = `${articleId}.${version}/${run}`
    const xml = `elife-${articleId}-v${version}.xml`
    const pdf = `elife-${articleId}-v${version}.pdf`
    const content = article.xml ?? simpleXml(article)
    await clients.s3.send(new PutObjectCommand({ Bucket: buckets.expanded, Key: `${folder}/${xml}`, Body: content }))
    await clients.s3.send(new PutObjectCommand({ Bucket: buckets.expanded, Key: `${folder}/${pdf}`, Body: '%PDF' }))
    lax.publish({ articleId, version, status, published })
    const files = [
      { name: xml, kind: 'articleXml', bytes: content.length },
      { name: pdf, kind: 'articlePdf', bytes: 4 },
    ]
    const resupplied = article.resupplied ?? false
    return { articleId, version, run, journal: 'elife', status, folder, published: now().toString(), resupplied, files }
  }
}

/** Makes the resources of an environment that this service uses. */
async function makeResources({ s3, swf }: Clients, { domain, buckets }: Names): Promise<void> {
  await makeDomain(swf, { name: domain, retentionDays: 90 })
  for (const Bucket of [buckets.expanded, buckets.downstream]) await s3.send(new CreateBucketCommand({ Bucket }))
}

/** An SWF client whose process may die: from then on none of its calls ends, and none arrives. */
function mortal(client: ReturnType<typeof createClients>['swf']) {
  let dead = false
  client.middlewareStack.add((next) => (args) => (dead ? new Promise(() => {}) : next(args)), { step: 'initialize' })
  return {
    client,
    die: () => {
      dead = true
      client.destroy()
    },
  }
}

/** Builds the article's XML as every document: for tests that are about the sending. */
function buildXml(s3: ReturnType<typeof createClients>['s3'], bucket: string): WorkTools['build'] {
  return async ({ part, stamp }, { facts, folder }) => {
    const { articleId, version } = facts
    const bytes = await readFile(s3, bucket, `${folder}/elife-${articleId}-v${version}.xml`)
    const name = `elife-${articleId}-${part.replaceAll(/[^\w]/g, '-')}${stamp === null ? '' : `-${stamp}`}.xml`
    return { document: { name, mediaType: 'application/xml', bytes } }
  }
}
