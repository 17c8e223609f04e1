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

const dayMilliseconds = 86_400_000
const epoch = Temporal.PlainDate.from('1970-01-01')
let last = { number: 0, day: epoch }

/** Returns the UTC day of an instant. Instants come in their order, mostly: the last day is kept. */
export function dayOf(at: Temporal.Instant): Temporal.PlainDate {
  const number = Math.floor(at.epochMilliseconds / dayMilliseconds)
  if (number !== last.number) last = { number, day: epoch.add({ days: number }) }
  return last.day
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
  const begins = at.epochMilliseconds % dayMilliseconds < doubleClickSeconds * 1000
  const keyBefore = begins ? keyOfDay(dayOf(at).subtract({ days: 1 })) : undefined
  return { user: identityOf(key, reader), ...(keyBefore && { userBefore: identityOf(keyBefore, reader) }) }
}
