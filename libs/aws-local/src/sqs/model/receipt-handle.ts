import { randomBytes } from 'node:crypto'
import { SqsError } from './errors.ts'

/** What a receipt handle says: the message, and which of its receives it stands for (the first is 1). */
export interface Receipt {
  readonly queue: number
  readonly message: number
  readonly receive: number
}

/** An opaque handle, different at each receive. It holds all it needs, so it outlives a restart. */
export function formatReceiptHandle({ queue, message, receive }: Receipt): string {
  return Buffer.from(`${queue} ${message} ${receive} ${randomBytes(24).toString('base64url')}`).toString('base64')
}

/** Reads a handle of the queue with this id. Throws ReceiptHandleIsInvalid for anything else. */
export function parseReceiptHandle(handle: string, queueId: number): Receipt {
  const text = Buffer.from(handle, 'base64').toString('latin1')
  const [, queue, message, receive] = /^(\d{1,15}) (\d{1,15}) (\d{1,15}) [\w-]{32}$/.exec(text) ?? []
  if (queue === undefined || Number(queue) !== queueId)
    throw new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)
  return { queue: queueId, message: Number(message), receive: Number(receive) }
}
