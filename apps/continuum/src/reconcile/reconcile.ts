import { setTimeout as pause } from 'node:timers/promises'
import { createClients, namesOf } from '@continuum/aws-resources'
import { request } from '@continuum/service'
import { loadEnvironment } from '@continuum/environments'
import { createWorkflowClient } from '@continuum/workflow-core'
import { differences, type Difference } from './compare.ts'
import { areMessagesWaiting, executionDifferences, openArticles, type ExecutionDifference } from './executions.ts'
import { articlesUnderWay, gather, type Sources } from './gather.ts'

/** Differences between the places of an environment: of published versions, and of work that is under way. */
export interface Found {
  readonly versions: readonly Difference[]
  readonly executions: readonly ExecutionDifference[]
}

/** The time between two looks at SWF: between a start and its event the dashboard is a moment behind. */
const secondLookMilliseconds = 5_000

/**
 * Compares what lax, the site, the CDN, the archive and the dashboard have of each published version, and what SWF and the dashboard
 * say is under way. With `heal` the publication of what differs is requested again: every step of it may happen twice. The AWS
 * variables of this process are the environment's.
 */
export async function reconcile(
  addresses: Readonly<Record<string, string>>,
  dashboardToken: string,
  { heal }: { heal: boolean },
): Promise<Found> {
  const environment = await loadEnvironment('local')
  const { lax = '', journal = '', dashboard = '' } = addresses
  const clients = createClients({ region: environment.region })
  const { s3, sqs, swf } = clients
  const { buckets, queues, domain, taskLists } = namesOf(environment)
  const sources: Sources = { lax, journal, dashboard, dashboardToken, s3, buckets }
  const executions = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })
  const look = async () => ({
    underWay: await articlesUnderWay(sources),
    open: await openArticles(executions),
    messages: await areMessagesWaiting(sqs, queues),
  })
  try {
    const versions = differences(await gather(sources))
    const again = versions.filter(({ republish }) => republish)
    const suspected = executionDifferences(await look())
    if (suspected.length > 0) await pause(secondLookMilliseconds)
    const confirmed = suspected.length > 0 ? executionDifferences(await look()) : []
    if (heal && again.length > 0) await publishAgain(sources, again)
    const isConfirmed = ({ message }: ExecutionDifference) => confirmed.some((one) => one.message === message)
    return { versions, executions: suspected.filter(isConfirmed) }
  } finally {
    for (const client of Object.values(clients)) client.destroy()
  }
}

async function publishAgain({ dashboard, dashboardToken }: Sources, again: readonly Difference[]): Promise<void> {
  await request({
    service: 'the dashboard',
    url: `${dashboard}/api/queue_article_publication`,
    method: 'POST',
    headers: { authorization: `Bearer ${dashboardToken}` },
    json: { articles: again.map(({ id, version }) => ({ id, version, force: true })) },
    timeoutMilliseconds: 30_000,
  })
}

/** Words what was found, a line each. */
export function reconcileLines({ versions, executions }: Found, heal: boolean): string[] {
  if (versions.length + executions.length === 0)
    return [
      'lax, site, CDN, archive and dashboard agree on every published version; SWF and dashboard on what is under way.',
    ]
  const republished = versions.filter(({ republish }) => republish).length
  const next = heal
    ? `Publication of ${republished} requested again; follow it on the dashboard.`
    : 'To publish them again: npm run -s continuum -- reconcile --heal'
  return [...[...versions, ...executions].map(({ message }) => message), ...(republished > 0 ? [next] : [])]
}
