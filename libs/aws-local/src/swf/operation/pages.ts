import { createHash } from 'node:crypto'
import { invalid } from '../wire/errors.ts'

/** Page tokens and task tokens: their content as opaque text. */

/** The content of a page token: the list, its next page, and when the token was issued. */
interface PageToken {
  of: string
  at: number
  next: readonly number[]
}
const lifetime = 24 * 3600 * 1000

/** Turns a value into an opaque token. */
export const seal = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Reads an opaque token.
 * @throws {SwfError} ValidationException for an invalid token
 */
export function unseal(token: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // Reported below.
  }
  throw invalid('Invalid token')
}

/**
 * The start of a page; undefined for the first. `of` identifies the list: a token is valid for that list, and for one day.
 * @throws {SwfError} ValidationException
 */
export function pageStart(token: string | undefined, of: string, now: number): readonly number[] | undefined {
  if (token === undefined) return undefined
  const { of: issuedFor, at, next } = unseal(token)
  if (issuedFor !== digest(of) || typeof at !== 'number' || !isNumbers(next)) throw invalid('Invalid token')
  if (now - at > lifetime) throw invalid('Specified token has exceeded its maximum lifetime')
  return next
}

const digest = (of: string) => createHash('sha256').update(of).digest('base64url')

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((each) => Number.isSafeInteger(each))

export function nextPageToken(of: string, next: readonly number[], now: number): string {
  const token: PageToken = { of: digest(of), at: now, next }
  return seal(token)
}

export const maxPageSize = 1000
/** The page size; AWS treats 0 as the maximum. */
export const pageSizeOf = (asked: number | undefined) => (asked === undefined || asked === 0 ? maxPageSize : asked)

/** A page of a list that is in memory. */
export function pageOf<T>(
  all: readonly T[],
  { nextPageToken: token, maximumPageSize }: { nextPageToken?: string; maximumPageSize?: number },
  of: string,
  now: number,
): { items: T[]; next: { nextPageToken?: string } } {
  const [start = 0] = pageStart(token, of, now) ?? []
  const end = start + pageSizeOf(maximumPageSize)
  return {
    items: all.slice(start, end),
    next: end < all.length ? { nextPageToken: nextPageToken(of, [end], now) } : {},
  }
}
