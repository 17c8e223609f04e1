import type { SQSClient } from '@aws-sdk/client-sqs'
import {
  deadLettersOf,
  depthsOf,
  redriveAll,
  redriveOne,
  type AsideMessage,
  type Names,
  type QueueRole,
  type QueueStatus,
} from '@continuum/aws-resources'

/** Thrown when SQS does not answer in time. A later request may succeed. */
export class QueuesUnavailableError extends Error {
  override readonly name = 'QueuesUnavailableError'
}

/** The queues of the environment. */
export interface QueuesClient {
  /** The name of a queue. */
  readonly nameOf: (role: QueueRole) => string
  /** Counts the messages of each queue and its dead letters. */
  readonly depths: () => Promise<readonly QueueStatus[]>
  /** Looks at dead letters of a queue, without taking them. */
  readonly deadLetters: (role: QueueRole, max: number) => Promise<readonly AsideMessage[]>
  /**
   * Gives a dead letter back to its queue, or all of them.
   *
   * @returns false where the one is not found
   */
  readonly redrive: (role: QueueRole, message: string | null) => Promise<boolean>
}

/** A page does not wait longer for SQS. */
const timeoutMilliseconds = 3_000

/** Connects to the queues; what only looks throws `QueuesUnavailableError` where SQS takes longer than three seconds. */
export function connectQueues(sqs: SQSClient, names: Names): QueuesClient {
  const inTime = async <Result>(look: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    try {
      return await look(AbortSignal.timeout(timeoutMilliseconds))
    } catch (error) {
      throw new QueuesUnavailableError('SQS does not answer.', { cause: error })
    }
  }
  return {
    nameOf: (role) => names.queues[role],
    depths: () => inTime((signal) => depthsOf(sqs, names, signal)),
    deadLetters: (role, max) => inTime((signal) => deadLettersOf(sqs, names.deadLetters[role], max, signal)),
    redrive: async (role, message) => {
      const from = { queue: names.queues[role], dead: names.deadLetters[role] }
      if (message !== null) return redriveOne(sqs, from, message)
      await redriveAll(sqs, from)
      return true
    },
  }
}
