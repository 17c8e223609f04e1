import { verifyToken, type Secrets } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Sql } from 'postgres'
import { endEarlierSession } from '../store/sign-ins.ts'

const EarlierSession = Type.Object({
  user: Type.String({ minLength: 1 }),
  session: Type.String({ minLength: 1 }),
  exp: Type.Number(),
})

/**
 * Takes the session of a cookie that an earlier version of the dashboard signed, once: the user has to get a session of
 * today's kind for it. Undefined for any other cookie, and for one that is expired, taken or signed out of.
 */
export async function takeEarlierSession(sql: Sql, secret: Secrets, cookie: string): Promise<string | undefined> {
  const session = verifyToken(secret, cookie, Temporal.Now.instant())
  if (!Value.Check(EarlierSession, session)) return undefined
  return (await endEarlierSession(sql, session)) ? session.user : undefined
}
