import { createHmac } from 'node:crypto'
import { sameSecret } from './credentials.ts'

/** What a token says; `exp` is the second (unix time) from which it is no longer valid. */
export interface TokenPayload {
  exp: number
  [claim: string]: unknown
}

/**
 * A compact signed token for links (preview, sign-in): base64url JSON, a dot, its HMAC-SHA256. Readable by anyone, made
 * only by who holds the secret.
 *
 * @example signToken(secret, { article: '00353', version: 1, exp: now.epochMilliseconds / 1000 + 600 })
 */
export function signToken(secret: string, payload: TokenPayload): string {
  const content = Buffer.from(JSON.stringify(payload)).toString('base64url')
  return `${content}.${signatureOf(secret, content)}`
}

/** What the token says, or undefined where it is malformed, signed with another secret, or no longer valid. */
export function verifyToken(secret: string, token: string, now: Temporal.Instant): TokenPayload | undefined {
  const [content, signature, ...rest] = token.split('.')
  if (!content || !signature || rest.length > 0) return undefined
  if (!sameSecret(signature, signatureOf(secret, content))) return undefined
  const payload: unknown = JSON.parse(Buffer.from(content, 'base64url').toString())
  return isPayload(payload) && payload.exp * 1000 > now.epochMilliseconds ? payload : undefined
}

function signatureOf(secret: string, content: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url')
}

function isPayload(value: unknown): value is TokenPayload {
  return typeof value === 'object' && value !== null && 'exp' in value && typeof value.exp === 'number'
}
