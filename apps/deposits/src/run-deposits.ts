import { createWorkflowClient, registerTypes, startDecider, startWorker } from '@continuum/workflow-core'
import { journalsOf } from '@continuum/article'
import { createClients, createPollingClients, namesFor } from '@continuum/aws-resources'
import { bothSecrets, connectDatabase, serve, type Start } from '@continuum/service'
import type { DepositsSettings } from '@continuum/settings'
import { createDeposits } from './app.ts'
import { createBuild, createCrossrefFiles } from './documents/build.ts'
import { markAttempt } from './documents/attempt-marks.ts'
import { keepDocument, openDocument } from './documents/keep.ts'
import { planNotice } from './plan/notice.ts'
import { planPublication } from './plan/plan.ts'
import { openFile, readFile } from './services/files.ts'
import { connectLax } from './services/lax.ts'
import { tellReach } from './services/tell-reach.ts'
import { startStaffMail } from './staff/start.ts'
import { createExecutions, startSweeper } from './work/executions.ts'
import type { WorkTools } from './work/tools.ts'
import { implementations } from './work/work.ts'
import { deposit } from './workflows/deposit.ts'
import { deposits } from './workflows/deposits.ts'

/** Runs the whole service: the API, and the decider and the worker of the deposits. */
export async function runDeposits(
  { settings, logger, health, onClose }: Start<DepositsSettings>,
  connect: WorkTools['connect'],
): Promise<{ url: string }> {
  const { RECIPIENTS: recipients, DEPOSITS_LIVE: live, AWS_REGION: region } = settings
  const names = namesFor(settings)
  const [clients, polling] = [createClients({ region }), createPollingClients({ region })]
  const { domain, taskLists, buckets } = names
  const now = () => Temporal.Now.instant()
  const sql = await connectDatabase({
    url: settings.DATABASE_URL,
    passwordSecret: settings.DATABASE_PASSWORD_SECRET,
    schema: 'deposits',
    migrations: new URL('./migrations/', import.meta.url),
    logger,
  })
  onClose(() => sql.end({ timeout: 5 }))
  tellReach(recipients, live, logger)

  const kept = { s3: clients.s3, bucket: buckets.downstream }
  const read = (folder: string, name: string) => readFile(clients.s3, buckets.expanded, `${folder}/${name}`)
  const executions = createWorkflowClient({ swf: clients.swf, domain, taskList: taskLists.depositDecisions })
  const runs = createExecutions(executions, now)
  const buildTools = {
    sql,
    readStored: ({ key }: { key: string }) => readFile(kept.s3, kept.bucket, key),
    journals: journalsOf(settings.JOURNALS),
    recipients,
    addresses: { site: settings.SITE_URL, cdn: settings.CDN_URL },
    read,
    open: (folder: string, name: string) => openFile(clients.s3, buckets.expanded, `${folder}/${name}`),
  }
  const tools: WorkTools = {
    sql,
    recipients,
    build: createBuild(buildTools),
    connect,
    keep: (row, document, signal) => keepDocument(kept, row, document, signal),
    open: (stored, signal) => openDocument(kept, stored, signal),
    mark: (row, attempt, signal) => markAttempt({ ...kept, now }, row, attempt, signal),
    start: runs.start,
    wake: runs.wake,
    now,
    logger,
  }
  const common = { domain, logger }
  // The first for publications that were planned when each deposit had an execution of its own.
  const types = [deposit, deposits]
  // The domain may be made while this process starts.
  await registerTypes({
    swf: clients.swf,
    domain,
    workflows: types,
    taskLists: { decisions: taskLists.depositDecisions },
  })
  const decider = startDecider({
    ...common,
    swf: polling.swf,
    taskList: taskLists.depositDecisions,
    workflows: types,
    concurrency: 4,
    ...(settings.HEARTBEAT !== undefined && { maxHeartbeatTimeout: settings.HEARTBEAT }),
  })
  const worker = startWorker({
    ...common,
    swf: clients.swf,
    pollingSwf: polling.swf,
    taskList: taskLists.deposits,
    implementations: implementations(tools),
    concurrency: settings.DEPOSITS_CONCURRENCY,
  })
  const pollers = [
    { name: taskLists.depositDecisions, ...decider },
    { name: taskLists.deposits, ...worker },
  ]
  health.addPollers(...pollers)
  onClose(() => Promise.all(pollers.map((poller) => poller.stop((settings.STOP_SECONDS - 1) * 1_000))))
  onClose(startSweeper({ sql, executions: runs, logger }))

  if (settings.DEPOSITS_STAFF)
    onClose(
      startStaffMail({ sql, recipients, logger }, settings.DEPOSITS_STAFF, settings.RECIPIENT_CREDENTIALS['staff']),
    )

  const planTools = {
    sql,
    recipients,
    live,
    withScheduled: settings.DEPOSITS_WITH_SCHEDULED,
    sources: {
      journals: buildTools.journals,
      crossrefFiles: createCrossrefFiles(buildTools),
      lax: connectLax({ url: settings.LAX_URL, token: settings.LAX_TOKEN }),
      read,
    },
    now,
  }
  const app = await createDeposits({
    sql,
    token: bothSecrets(settings.DEPOSITS_TOKEN, settings.DEPOSITS_TOKEN_SECOND),
    recipients,
    live,
    plan: (run) => planPublication(planTools, run),
    planNotice: (article, notice) => planNotice(planTools, article, notice),
    runs,
    readDocument: ({ key }) => openFile(kept.s3, kept.bucket, key),
    now,
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
    health,
  })
  const { url, close } = await serve(app, settings)
  onClose(close)
  return { url }
}
