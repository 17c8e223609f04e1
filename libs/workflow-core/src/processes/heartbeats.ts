import { UnknownResourceFault } from '@aws-sdk/client-swf'
import { errorMessage } from '../values/error-text.ts'
import { InvalidPayloadError } from '../values/errors.ts'
import type { Logger } from '../values/logger.ts'

/** SWF's limit for a heartbeat's details. */
const maxDetailsLength = 2_048

/** The heartbeats of a running attempt. */
export interface Heartbeats {
  /** Sets the details of the next heartbeat. @throws InvalidPayloadError above 2,048 characters of JSON */
  readonly record: (details: unknown) => void
  /** Returns the last details. */
  last(): unknown
  stop(): void
}

/**
 * Sends heartbeats, three per time-out, with the last details, whatever the activity does.
 * @param seconds heartbeat time-out; absent: no heartbeats
 * @param send sends a heartbeat and returns whether cancellation is requested
 * @param canceled is called when cancellation is requested
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
  let last: unknown
  let text: string | undefined
  let inFlight = false

  const beat = async () => {
    if (inFlight) return
    inFlight = true
    try {
      const { cancelRequested } = await send(text)
      if (cancelRequested === true) canceled()
    } catch (error) {
      if (error instanceof UnknownResourceFault) gone()
      else logger.warn({ message: errorMessage(error) }, 'heartbeat failed; the next one may succeed')
    } finally {
      inFlight = false
    }
  }
  const timer = seconds === undefined ? undefined : setInterval(() => void beat(), (seconds * 1_000) / 3)

  return {
    record: (details) => {
      const next = JSON.stringify(details)
      if (next !== undefined && next.length > maxDetailsLength) {
        throw new InvalidPayloadError(
          `Heartbeat details have ${next.length} characters of JSON; SWF takes at most ${maxDetailsLength}.`,
        )
      }
      last = details
      text = next
    },
    last: () => last,
    stop: () => clearInterval(timer),
  }
}
