import type { Sql } from 'postgres'
import { recordQueueLooks } from '../store/queue-looks.ts'
import type { QueuesClient } from './queues-client.ts'

/**
 * SQS is asked for fourteen numbers of attributes at each look. At one a minute that is 0.6 million requests a month, which cost a
 * quarter of a dollar.
 */
export const lookIntervalMilliseconds = 60_000

/** Creates the function that counts the messages of all queues once, and stores that. */
export function createQueueLook(sql: Sql, queues: QueuesClient, now: () => number): () => Promise<void> {
  return async () => recordQueueLooks(sql, await queues.depths(), now())
}
