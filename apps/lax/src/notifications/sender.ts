import { backOffMilliseconds, stopListening, type Logger, type Sql } from '@continuum/service'
import { outboxChannel, sendOutbox, type Notification } from '../store/outbox.ts'

/** For what a process that died has left behind; everything else is heard of at once. */
const checkMilliseconds = 30_000
const retryDelay = { firstMilliseconds: 500, maxMilliseconds: checkMilliseconds }

export interface Sender {
  /** Settles when what is being sent is sent or has failed. */
  close: () => Promise<void>
}

/**
 * Sends notifications from the outbox as they come, until it is closed. Where the queue or the database is down they wait, and
 * are tried again ever more slowly.
 */
export async function startSender(options: {
  sql: Sql
  send: (notification: Notification) => Promise<void>
  logger: Logger
}): Promise<Sender> {
  const { sql, send, logger } = options
  let closed = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> | undefined
  let heard = false

  const drain = async () => {
    try {
      await sendOutbox(sql, send)
      failures = 0
    } catch (error) {
      failures++
      logger.warn({ err: error, failures }, 'notifications could not be sent; they wait in the outbox')
    }
  }
  const run = async (): Promise<void> => {
    heard = false
    await drain()
    if (heard && failures === 0 && !closed) return run()
    sending = undefined
    if (closed) return
    timer = setTimeout(wake, failures > 0 ? backOffMilliseconds(failures, retryDelay) : checkMilliseconds)
    timer.unref()
  }
  const wake = () => {
    heard = true
    if (closed || sending) return
    clearTimeout(timer)
    sending = run()
  }
  const listening = await sql.listen(outboxChannel, wake, wake)

  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await stopListening(listening)
      await sending
    },
  }
}
