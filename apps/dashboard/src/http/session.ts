import { createHmac, randomBytes } from 'node:crypto'
import { sameSecret, signToken, verifyToken } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** A signed-in person, until `exp` (unix seconds). */
export type Session = Static<typeof Session>
const Session = Type.Object({
  user: Type.String({ minLength: 1 }),
  session: Type.String({ minLength: 1 }),
  exp: Type.Number(),
})

/** The payload of a one-time sign-in link's token. */
export type SignIn = Static<typeof SignIn>
const SignIn = Type.Object({
  user: Type.String({ minLength: 1 }),
  nonce: Type.String({ minLength: 1 }),
  exp: Type.Number(),
})

const sessionHours = 12

/** Creates a session: the value of its cookie and its lifetime in seconds. */
export function openSession(secret: string, user: string, now: Temporal.Instant): { cookie: string; maxAge: number } {
  const maxAge = sessionHours * 3600
  const exp = Math.floor(now.epochMilliseconds / 1000) + maxAge
  const session = randomBytes(16).toString('base64url')
  return { cookie: signToken(secret, { user, session, exp } satisfies Session), maxAge }
}

/** Reads the session of a cookie; undefined if the cookie is expired or not signed by us. */
export function readSession(secret: string, cookie: string, now: Temporal.Instant): Session | undefined {
  const payload = verifyToken(secret, cookie, now)
  return Value.Check(Session, payload) ? payload : undefined
}

/** Reads the token of a sign-in link; undefined if it is expired or not signed by us. */
export function readSignIn(secret: string, token: string, now: Temporal.Instant): SignIn | undefined {
  const payload = verifyToken(secret, token, now)
  return Value.Check(SignIn, payload) ? payload : undefined
}

/** Creates the CSRF token of a session's forms: no other site can post in its name. */
export function csrfToken(secret: string, session: Session): string {
  return createHmac('sha256', secret).update(`csrf ${session.session}`).digest('base64url')
}

/** Checks that the token was made for the session. */
export function isCsrfToken(secret: string, session: Session, token: unknown): boolean {
  return typeof token === 'string' && sameSecret(token, csrfToken(secret, session))
}
