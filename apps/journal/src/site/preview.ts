import { verifyToken, type Secrets } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { VersionAddress } from '../editions/edition-store.ts'

const Grant = Type.Object({ article: Type.String(), version: Type.Integer(), exp: Type.Number() })

/**
 * Returns the time until which a token, of a signed link or of the cookie that it became, shows an unpublished version.
 *
 * @returns undefined where the token is forged, expired, or for another version
 */
export function previewUntil(
  secret: Secrets,
  token: string | undefined,
  of: VersionAddress,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const payload = token === undefined ? undefined : verifyToken(secret, token, now)
  if (!Value.Check(Grant, payload)) return undefined
  if (withoutZeros(payload.article) !== withoutZeros(of.article) || payload.version !== of.version) return undefined
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(payload.exp) * 1000)
}

/** Links were signed for numbers that are not padded. */
function withoutZeros(id: string): string {
  return id.replace(/^0+/, '')
}

/** The name of the cookie; its path says which version it is for. */
export const previewCookie = 'continuum-preview'
