import { once } from 'node:events'
import { createServer } from 'node:net'
import { RegisterDomainCommand } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import {
  activity,
  createWorkflowClient,
  implement,
  PermanentFailure,
  registerTypes,
  startDecider,
  startWorker,
  workflow,
} from '@continuum/workflow-core'
import { Type } from 'typebox'
import { onTestFinished, vi } from 'vitest'
import { createSwf, domain, logger, taskLists } from '../../web/dashboard.fixture.ts'

/** A real SWF with a workflow like the bot's, whose second step fails until it is mended. */

const shared = {
  version: '1',
  input: Type.Object({ articleId: Type.String(), version: Type.Integer(), run: Type.String() }),
  output: Type.Unknown(),
  timeouts: { startToClose: '5m' },
  retry: { maxAttempts: 3, initialInterval: '1h', backoffCoefficient: 2, maxInterval: '6h' },
} as const
const expandArticle = activity({ ...shared, name: 'ExpandArticle' })
const checkPackage = activity({ ...shared, name: 'CheckPackage' })
const resizeImages = activity({ ...shared, name: 'ConvertImages' })
const postEif = activity({ ...shared, name: 'PostToSite' })
const reportFailure = activity({ ...shared, name: 'ReportFailure' })

const publish = workflow(
  {
    name: 'PublishPerfectArticle',
    version: '4',
    input: Type.Object({ article_id: Type.String(), run: Type.String(), publication_data: Type.String() }),
    output: Type.Unknown(),
    timeout: '7d',
    uses: { expandArticle, checkPackage, resizeImages, postEif, reportFailure },
  },
  async (ctx, { article_id: articleId, run }) => {
    const article = { articleId, version: 1, run }
    try {
      await ctx.expandArticle(article)
      await Promise.all([ctx.checkPackage(article), ctx.resizeImages(article)])
      await ctx.postEif(article)
      return { version: 1, published: false }
    } catch (error) {
      await ctx.reportFailure(article)
      throw error
    }
  },
)

/** A workflow like that of the deposits service: it waits for the hours of recipients. */
const deposits = workflow(
  {
    name: 'Deposits',
    version: '1',
    input: Type.Object({ articleId: Type.String(), waits: Type.Boolean() }),
    output: Type.Unknown(),
    timeout: '365d',
    uses: {},
  },
  async (ctx, { waits }) => (waits ? ctx.sleep('8h') : undefined),
)

/** The faults of steps, by the name of its activity: one fails for good, for now, or not at all. */
export type Faults = Record<string, 'for good' | 'for now' | undefined>

/** Starts SWF with deciders and workers; `faults` says which steps fail, and can be changed. */
export async function startSwf({ workers = true } = {}) {
  const aws = await startAwsLocal()
  onTestFinished(() => aws.close())
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  onTestFinished(() => void vi.unstubAllEnvs())
  const connect = () => {
    const swf = createSwf(aws.url)
    onTestFinished(() => swf.destroy())
    return swf
  }
  const swf = connect()
  await swf.send(new RegisterDomainCommand({ name: domain, workflowExecutionRetentionPeriodInDays: '90' }))
  await registerTypes({ swf, domain, workflows: [publish, deposits], taskLists })
  const executions = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })
  const common = { domain, concurrency: 2, logger }
  const decider = startDecider({
    ...common,
    swf: connect(),
    taskList: taskLists.decisions,
    workflows: [publish, deposits],
  })
  onTestFinished(() => decider.stop(100))
  const faults: Faults = {}
  const done: string[] = []
  if (workers) {
    const implementations = [expandArticle, checkPackage, resizeImages, postEif, reportFailure].map((each) =>
      implement(each, async () => {
        done.push(each.name)
        const fault = faults[each.name]
        if (fault === 'for good')
          throw new PermanentFailure('Figure 1 has no file; see https://x.test/?token=abcdefgh.')
        if (fault === 'for now') throw new Error('503 from lax')
        return { _token: 'do not show', files: 3 }
      }),
    )
    const worker = startWorker({
      ...common,
      swf: connect(),
      pollingSwf: connect(),
      taskList: taskLists.activities,
      implementations,
    })
    onTestFinished(() => worker.stop(100))
  }
  /** Starts an execution of an article. */
  const start = async (article: string, run = 'a') => {
    const workflowId = `article-${article}`
    const input = { article_id: article, run, publication_data: 'c2VjcmV0' }
    const { runId = '' } = await executions.start(publish, { workflowId, input, tags: [`once-${run}`, article, run] })
    return { workflowId, runId }
  }
  /** Starts executions of the deposits of publications, which stay open if they wait. */
  const startDeposits = async (count: number, { waits = true } = {}) => {
    for (let at = 0; at < count; at++)
      await executions.start(deposits, {
        workflowId: `deposits-${10_000 + at}.1.a`,
        input: { articleId: String(10_000 + at), waits },
        tags: [String(10_000 + at)],
      })
  }
  /** Waits until an execution has closed, and returns how. */
  const ended = async (execution: { workflowId: string; runId: string }) =>
    vi.waitFor(
      async () => {
        const outcome = await executions.outcome(execution)
        if (!outcome) throw new Error(`${execution.workflowId} is open`)
        return outcome
      },
      { timeout: 10_000, interval: 50 },
    )
  /** Waits until the history of an execution has an event. */
  const has = async (execution: { workflowId: string; runId: string }, type: string) =>
    vi.waitFor(
      async () => {
        const events = await Array.fromAsync(executions.history(execution))
        if (!events.some(({ eventType }) => eventType === type)) throw new Error(`no ${type} yet`)
      },
      { timeout: 10_000, interval: 50 },
    )
  return { aws, executions, faults, done, start, startDeposits, ended, has }
}

/** Starts a server that takes connections and never answers. */
export async function startSilence(): Promise<string> {
  const server = createServer()
  const sockets = new Set<{ destroy: () => void }>()
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}
