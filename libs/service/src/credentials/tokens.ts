import { createHmac } from 'node:crypto'
import { isAccepted, type Secrets } from './credentials.ts'

/** The claims of a token; `exp` is the second (Unix time) at which it expires. */
export interface TokenPayload {
  exp: number
  [claim: string]: unknown
}

/**
 * Signs a compact token for links (preview, sign-in): base64url JSON, a dot, its HMAC-SHA256. Anyone can read it; only a
 * holder of the secret can make it.
 *
 * @example signToken(secret, { article: '00353', version: 1, exp: now.epochMilliseconds / 1000 + 600 })
 */
export function signToken(secret: string, payload: TokenPayload): string {
  const content = Buffer.from(JSON.stringify(payload)).toString('base64url')
  return `${content}.${signatureOf(secret, content)}`
}

/**
 * Returns the claims of a token; undefined if it is malformed, signed with another secret, or expired.
 *
 * @param secrets the secret, or those of which any may have signed it
 */
export function verifyToken(secrets: Secrets, token: string, now: Temporal.Instant): TokenPayload | undefined {
  const [content, signature, ...rest] = token.split('.')
  if (!content || !signature || rest.length > 0) return undefined
  const [first, ...others] = [secrets].flat().map((secret) => signatureOf(secret, content))
  if (first === undefined || !isAccepted(signature, [first, ...others])) return undefined
  const payload: unknown = JSON.parse(Buffer.from(content, 'base64url').toString())
  return isPayload(payload) && payload.exp * 1000 > now.epochMilliseconds ? payload : undefined
}

function signatureOf(secret: string, content: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url')
}

function isPayload(value: unknown): value is TokenPayload {
  return typeof value === 'object' && value !== null && 'exp' in value && typeof value.exp === 'number'
}
