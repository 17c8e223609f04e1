import { randomUUID } from 'node:crypto'
import { signToken } from '@continuum/service'

const minutes = 15

/** A link that signs its first user in to the dashboard; good for 15 minutes, once. */
export function signInLink(dashboard: string, secret: string): string {
  const exp = Math.floor(Date.now() / 1000) + minutes * 60
  return `${dashboard}/sign-in?token=${signToken(secret, { user: 'operator', nonce: randomUUID(), exp })}`
}
