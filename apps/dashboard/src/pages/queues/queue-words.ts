import type { QueueRole } from '@continuum/aws-resources'

/** The messages that a queue carries, and who takes them; undefined where no process of ours does. */
export interface QueueWords {
  readonly carries: string
  readonly consumer?: string
}

/** The queues in the words of ARCHITECTURE.md. */
export const queueWords: Readonly<Record<QueueRole, QueueWords>> = {
  incoming: { carries: 'S3’s notifications of delivered packages', consumer: 'queue-worker' },
  starter: { carries: 'requests to start workflows', consumer: 'workflow-starter' },
  events: { carries: 'the bot’s events and properties', consumer: 'dashboard-consumer' },
  laxRequests: { carries: 'requests to the article store', consumer: 'lax-adaptor' },
  laxReplies: { carries: 'the article store’s replies' },
  articleChanges: { carries: 'notifications of changed articles' },
  usage: { carries: 'usage of articles', consumer: 'metrics' },
}
