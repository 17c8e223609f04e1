import { UnknownResourceFault } from '@aws-sdk/client-swf'
import { errorMessage } from '../values/error-text.ts'
import { InvalidPayload } from '../values/errors.ts'
import type { Logger } from '../values/logger.ts'

/** SWF's limit for a heartbeat's details. */
const longestDetails = 2_048

export interface Heartbeats {
  /** Keeps what the next heartbeat will say. @throws InvalidPayload above 2,048 characters of JSON */
  readonly say: (details: unknown) => void
  /** What was said last. */
  last(): unknown
  stop(): void
}

/**
 * Sends a heartbeat three times within the time-out, whatever the activity does, each with what was said last.
 * @param seconds the heartbeat time-out; absent: none is sent
 * @param send gives whether the cancellation of the activity is requested
 * @param canceled is called when it is
 * @param gone is called when SWF no longer knows the task: it timed out, or its execution is closed
 */
export function startHeartbeats({
  seconds,
  send,
  canceled,
  gone,
  logger,
}: {
  seconds: number | undefined
  send: (details: string | undefined) => Promise<{ cancelRequested?: boolean | undefined }>
  canceled: () => void
  gone: () => void
  logger: Logger
}): Heartbeats {
  let said: unknown
  let text: string | undefined
  let under = false

  const beat = async () => {
    if (under) return
    under = true
    try {
      const { cancelRequested } = await send(text)
      if (cancelRequested === true) canceled()
    } catch (error) {
      if (error instanceof UnknownResourceFault) gone()
      else logger.warn({ message: errorMessage(error) }, 'heartbeat failed, the next may pass')
    } finally {
      under = false
    }
  }
  const timer = seconds === undefined ? undefined : setInterval(() => void beat(), (seconds * 1_000) / 3)

  return {
    say: (details) => {
      const next = JSON.stringify(details)
      if (next !== undefined && next.length > longestDetails) {
        throw new InvalidPayload(`A heartbeat of ${next.length} characters of JSON; SWF takes ${longestDetails}.`)
      }
      said = details
      text = next
    },
    last: () => said,
    stop: () => clearInterval(timer),
  }
}
