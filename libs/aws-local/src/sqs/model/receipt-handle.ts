import { randomBytes } from 'node:crypto'
import { SqsError } from './errors.ts'

/** The content of a receipt handle: a message, and which of its receives it belongs to (the first is 1). */
export interface Receipt {
  readonly queue: number
  readonly message: number
  readonly receive: number
}

/** Creates an opaque handle, different at each receive. It is self-contained, so it survives a restart. */
export function formatReceiptHandle({ queue, message, receive }: Receipt): string {
  return Buffer.from(`${queue} ${message} ${receive} ${randomBytes(24).toString('base64url')}`).toString('base64')
}

/** Parses a handle of the queue with this id. Throws ReceiptHandleIsInvalid for anything else. */
export function parseReceiptHandle(handle: string, queueId: number): Receipt {
  const text = Buffer.from(handle, 'base64').toString('latin1')
  const [, queue, message, receive] = /^(\d{1,15}) (\d{1,15}) (\d{1,15}) [\w-]{32}$/.exec(text) ?? []
  if (queue === undefined || Number(queue) !== queueId)
    throw new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)
  return { queue: queueId, message: Number(message), receive: Number(receive) }
}
