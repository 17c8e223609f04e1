import { smtp } from '@continuum/recipients'
import type { Logger, Sql } from '@continuum/service'
import type { RecipientSettings, StaffSettings } from '@continuum/settings'
import { planDigest } from './digest.ts'
import { replanInterrupted, sendNotices } from './send-notices.ts'

const everyMilliseconds = 15_000

/**
 * Tells staff what needs a person: at once when a recipient begins to fail, all else once a day.
 *
 * @param password of the account at the mail server, if there is one
 * @returns a function that stops it
 */
export function startStaffMail(
  given: { sql: Sql; recipients: readonly RecipientSettings[]; logger: Logger },
  staff: StaffSettings,
  password: string | undefined,
): () => Promise<void> {
  const recipient = smtp({ ...staff.smtp, ...(staff.smtp.user !== undefined && password && { password }) })
  const stop = new AbortController()
  let working: Promise<void> = replanInterrupted(given.sql).catch((error: unknown) =>
    given.logger.warn({ err: error }, 'messages to staff that were interrupted are not sent again'),
  )
  const work = async () => {
    await planDigest(given.sql, given.recipients, staff.digest)
    await sendNotices({ ...given, recipient }, staff, stop.signal)
  }
  const timer = setInterval(() => {
    working = working
      .then(work)
      .catch((error: unknown) => given.logger.warn({ err: error }, 'staff could not be told; trying again'))
  }, everyMilliseconds)
  return async () => {
    clearInterval(timer)
    stop.abort()
    await working
  }
}
