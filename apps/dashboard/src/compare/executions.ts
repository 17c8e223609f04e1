import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import {
  ListClosedWorkflowExecutionsCommand,
  ListOpenWorkflowExecutionsCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import type { Known } from './judge-run.ts'

/** Asks SWF for the executions of an article. */
export async function executionsOf(
  swf: SWFClient,
  domain: string,
  article: string,
): Promise<Omit<Known, 'queuesEmpty'>> {
  const executionFilter = { workflowId: `article-${article}` }
  const maximumPageSize = 1
  // The longest time for which SWF keeps an execution.
  const oldestDate = new Date(Date.now() - 90 * 24 * 3_600_000)
  const open = await swf.send(
    new ListOpenWorkflowExecutionsCommand({
      domain,
      executionFilter,
      startTimeFilter: { oldestDate },
      maximumPageSize,
    }),
  )
  if ((open.executionInfos ?? []).length > 0) return { open: true, closed: undefined }
  const { executionInfos: [last] = [] } = await swf.send(
    new ListClosedWorkflowExecutionsCommand({
      domain,
      executionFilter,
      closeTimeFilter: { oldestDate },
      maximumPageSize,
    }),
  )
  const closed = last && { status: last.closeStatus ?? '', at: last.closeTimestamp?.getTime() ?? 0 }
  return { open: false, closed }
}

/** Tells whether no message waits in any of the queues, and none is being worked on. */
export async function areEmpty(sqs: SQSClient, queueUrls: readonly string[]): Promise<boolean> {
  for (const QueueUrl of queueUrls) {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
    const {
      ApproximateNumberOfMessages: waiting,
      ApproximateNumberOfMessagesNotVisible: taken,
      ApproximateNumberOfMessagesDelayed: delayed,
    } = Attributes
    const counts = [waiting, taken, delayed]
    if (counts.some((count) => Number(count ?? 0) > 0)) return false
  }
  return true
}
