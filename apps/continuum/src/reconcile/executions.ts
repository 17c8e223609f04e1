import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { queueUrl, type Names } from '@continuum/aws-resources'
import type { WorkflowClient } from '@continuum/workflow-core'

/** The articles that are being worked on, by those who should agree about them. */
export interface WorkSeen {
  /** An execution of the article is open in SWF. */
  readonly open: ReadonlySet<string>
  /** The dashboard shows a run of it as under way. */
  readonly underWay: ReadonlySet<string>
  /** Messages are on their way, by which the two come to agree. */
  readonly messages: boolean
}

/** An article that SWF works on and the dashboard does not show, or the other way round. */
export interface ExecutionDifference {
  readonly id: string
  readonly message: string
}

/** Finds the articles about which SWF and the dashboard disagree; none while messages are on their way. */
export function executionDifferences({ open, underWay, messages }: WorkSeen): ExecutionDifference[] {
  if (messages) return []
  const lost = [...underWay.difference(open)].map((id) => ({
    id,
    message: `${id} is under way on the dashboard, and SWF has no open execution of it. Within five minutes the dashboard shows it as failed; run it again there.`,
  }))
  const unseen = [...open.difference(underWay)].map((id) => ({
    id,
    message: `${id} has an open execution in SWF, which the dashboard does not show. What it does: npm run -s continuum -- history article-${id}`,
  }))
  return [...lost, ...unseen].toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

/** `article-00353`, and `article-00353.2-approval` beside it: the executions that change an article. Its id has no dot. */
export function articleOf(workflowId: string): string | undefined {
  return /^article-([^.]+)(?:\.\d+-approval)?$/.exec(workflowId)?.[1]
}

export async function openArticles(executions: WorkflowClient): Promise<Set<string>> {
  const open = new Set<string>()
  for await (const { execution } of executions.listOpen()) {
    const article = articleOf(execution?.workflowId ?? '')
    if (article !== undefined) open.add(article)
  }
  return open
}

/** Tells whether a start or an event is in its queue, or is being worked on. */
export async function areMessagesWaiting(sqs: SQSClient, { starter, events }: Names['queues']): Promise<boolean> {
  for (const name of [starter, events]) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: await queueUrl(sqs, name),
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    )
    if (Object.values(Attributes).some((count) => Number(count) > 0)) return true
  }
  return false
}
