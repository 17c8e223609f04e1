import { queueRoles, type QueueRole } from '@continuum/aws-resources'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'
import { logsOf, statusOf } from './commands.ts'

export interface WatchedQueue {
  name: Input<string>
  arn: Input<string>
}

/** The consumer of each queue, and the meaning of its messages. */
const queues = {
  incoming: { consumer: 'queue-worker', message: 'A package delivered to the production bucket' },
  starter: { consumer: 'workflow-starter', message: 'A request to start or approve a publication' },
  events: { consumer: 'dashboard-consumer', message: 'An event for the dashboard' },
  usage: { consumer: 'metrics', message: 'Usage of articles, or a log file of the CDN' },
  laxRequests: { consumer: 'lax-adaptor', message: 'A request to the article store' },
  // Whoever sends requests reads the replies.
  laxReplies: { consumer: 'lax-adaptor', message: 'A reply of the article store to whoever sent it a request' },
  // Whoever follows the store reads them, if anybody does: none is missed while they wait.
  articleChanges: { consumer: 'lax', message: 'A notification of an article that changed' },
} as const satisfies Record<QueueRole, { consumer: string; message: string }>

/** The alarms of the queues: messages in the dead-letter queue, and messages that wait too long. */
export function queueAlarms(of: {
  /** Its name. */
  environment: string
  queues: Record<QueueRole, WatchedQueue>
  deadLetters: Record<QueueRole, WatchedQueue>
  oldestMessageMinutes: number
}): Alarm[] {
  return queueRoles.flatMap((role) => [
    deadLetters(role, of.environment, of.queues[role], of.deadLetters[role]),
    ...(role === 'articleChanges'
      ? []
      : [oldestMessage(role, of.environment, of.queues[role], of.oldestMessageMinutes)]),
  ])
}

function deadLetters(role: QueueRole, environment: string, queue: WatchedQueue, dead: WatchedQueue): Alarm {
  const { consumer, message } = queues[role]
  return {
    key: `${role}-dead-letters`,
    watched: { metric: ofQueue(dead, 'ApproximateNumberOfMessagesVisible') },
    is: 'above',
    threshold: 0,
    minutes: 1,
    periodMinutes: 1,
    missingData: 'notBreaching',
    description: interpolate`${message} was received five times without success and is now in the dead-letter queue ${dead.name}, which keeps it until it is 14 days old.

First: find the reason under unidentified deliveries on the dashboard, and with ${logsOf(environment, consumer)}. If ${consumer} or a service that it needs was down, move the messages back when it is up again: aws sqs start-message-move-task --source-arn ${dead.arn}. If the message itself is wrong, read it (aws sqs receive-message on ${dead.name}) and have it sent again correctly. The alarm ends when ${dead.name} is empty; messages in ${queue.name} are not affected.`,
  }
}

function oldestMessage(role: QueueRole, environment: string, queue: WatchedQueue, minutes: number): Alarm {
  const { consumer, message } = queues[role]
  const allowed =
    role === 'starter'
      ? ' (A delivery waits here while an earlier one of the same article is running: this is normal.)'
      : ''
  return {
    key: `${role}-oldest-message`,
    watched: { metric: ofQueue(queue, 'ApproximateAgeOfOldestMessage') },
    is: 'above',
    threshold: minutes * 60,
    minutes: 5,
    periodMinutes: 5,
    missingData: 'notBreaching',
    description: interpolate`${message} has waited in ${queue.name} for more than ${minutes} minutes.${allowed}

First: check whether ${consumer} is running, and its log: ${statusOf(environment)}; ${logsOf(environment, consumer)}. It pauses while the database or SWF is unavailable and resumes automatically. If it is running and the queue is long, it is only slow: wait, or raise the count of ${consumer}.`,
  }
}

const ofQueue = (queue: WatchedQueue, name: string): Metric => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: queue.name },
  statistic: 'Maximum',
})
