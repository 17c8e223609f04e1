import type { QueueRole } from '@continuum/aws-resources'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'
import { logsOf, statusOf } from './commands.ts'

export interface WatchedQueue {
  name: Input<string>
  arn: Input<string>
}

/** Who consumes each queue, and what a message in it stands for. */
const queues = {
  incoming: { consumer: 'queue-worker', message: 'A package that arrived in the production bucket' },
  starter: { consumer: 'workflow-starter', message: 'A publication, approval or other procedure that was asked for' },
  events: { consumer: 'dashboard-consumer', message: 'Something that the dashboard is to show' },
} as const satisfies Record<QueueRole, { consumer: string; message: string }>

const roles = ['incoming', 'starter', 'events'] as const

/** What is told of the queues: a message that nobody could handle, and one that waits too long. */
export function queueAlarms(of: {
  /** Its name. */
  environment: string
  queues: Record<QueueRole, WatchedQueue>
  deadLetters: Record<QueueRole, WatchedQueue>
  oldestMessageMinutes: number
}): Alarm[] {
  return roles.flatMap((role) => [
    deadLetters(role, of.environment, of.queues[role], of.deadLetters[role]),
    oldestMessage(role, of.environment, of.queues[role], of.oldestMessageMinutes),
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
    silence: 'well',
    description: interpolate`${message} was received five times and never handled. It is kept in ${dead.name} until it is 14 days old, and goes no further by itself.

First, the reason: the dashboard's unidentified deliveries, and ${logsOf(environment, consumer)}. If it was down or what it needs was, move the messages back once that is well: aws sqs start-message-move-task --source-arn ${dead.arn}. If a message itself is wrong, read it (aws sqs receive-message on ${dead.name}) and have it sent again as it should be. The alarm ends when ${dead.name} is empty; messages in ${queue.name} go on meanwhile.`,
  }
}

function oldestMessage(role: QueueRole, environment: string, queue: WatchedQueue, minutes: number): Alarm {
  const { consumer, message } = queues[role]
  const allowed =
    role === 'starter'
      ? ' (A delivery waits here while an earlier one of the same article is under way: that is no fault.)'
      : ''
  return {
    key: `${role}-oldest-message`,
    watched: { metric: ofQueue(queue, 'ApproximateAgeOfOldestMessage') },
    is: 'above',
    threshold: minutes * 60,
    minutes: 5,
    periodMinutes: 5,
    silence: 'well',
    description: interpolate`${message} has waited in ${queue.name} for more than ${minutes} minutes.${allowed}

First: does ${consumer} run, and what does it say? ${statusOf(environment)}; ${logsOf(environment, consumer)}. It stops receiving while the database or SWF does not answer, and goes on by itself after that. If it runs and the queue is long, it is only slow: let it work, or give ${consumer} a higher count.`,
  }
}

const ofQueue = (queue: WatchedQueue, name: string): Metric => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: queue.name },
  statistic: 'Maximum',
})
