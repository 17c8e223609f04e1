import { createHmac } from 'node:crypto'
import { doubleClickSeconds } from './uses.ts'

/** A reader as a request shows them; it never leaves memory. */
export interface Reader {
  address: string
  userAgent: string
}

/** The key with which the users of a UTC day are hidden; undefined if there is none any more. */
export type KeyOfDay = (day: Temporal.PlainDate) => Buffer | undefined

/**
 * Names a reader for one day: the address and user agent under the day's random key, 128 bits. When the key is destroyed
 * nobody can tell whose name it was, and two days' names of one reader can't be connected.
 */
export function identityOf(key: Buffer, { address, userAgent }: Reader): string {
  return createHmac('sha256', key).update(`${address}\n${userAgent}`).digest().subarray(0, 16).toString('base64url')
}

/** Returns the UTC day of an instant. */
export function dayOf(at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO('UTC').toPlainDate()
}

/**
 * Names a reader at an instant. In the first 30 seconds of a day also by the name of the day before, so that a
 * double-click over midnight is seen as one.
 *
 * @returns undefined where the day has no key: it is closed
 */
export function identitiesOf(
  at: Temporal.Instant,
  reader: Reader,
  keyOfDay: KeyOfDay,
): { user: string; userBefore?: string } | undefined {
  const key = keyOfDay(dayOf(at))
  if (!key) return undefined
  const before = dayOf(at.subtract({ seconds: doubleClickSeconds }))
  const keyBefore = before.equals(dayOf(at)) ? undefined : keyOfDay(before)
  return { user: identityOf(key, reader), ...(keyBefore && { userBefore: identityOf(keyBefore, reader) }) }
}
