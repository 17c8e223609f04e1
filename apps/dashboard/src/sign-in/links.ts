import { verifyToken, type Secrets } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** The payload of a one-time sign-in link's token. */
export type SignIn = Static<typeof SignIn>
const SignIn = Type.Object({
  user: Type.String({ minLength: 1 }),
  nonce: Type.String({ minLength: 1 }),
  exp: Type.Number(),
  /** The person who made the link. */
  by: Type.Optional(Type.String()),
})

/** Reads the token of a sign-in link; undefined if it is expired or not signed by us. */
export function readSignIn(secret: Secrets, token: string, now: Temporal.Instant): SignIn | undefined {
  const payload = verifyToken(secret, token, now)
  return Value.Check(SignIn, payload) ? payload : undefined
}
