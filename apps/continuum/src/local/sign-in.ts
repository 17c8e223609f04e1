import { randomUUID } from 'node:crypto'
import { signToken } from '@continuum/service'

const minutes = 15

/**
 * Creates a link that signs somebody in to a dashboard; good for 15 minutes, once.
 *
 * @param who.by whoever asks for the link, for the activity log
 */
export function signInLink(dashboard: string, secret: string, who: { user: string; by: string }): string {
  const exp = Math.floor(Date.now() / 1000) + minutes * 60
  return `${dashboard}/sign-in?token=${signToken(secret, { ...who, nonce: randomUUID(), exp })}`
}
