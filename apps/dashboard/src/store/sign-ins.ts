import type { ISql } from 'postgres'

/** Ends a session that an earlier version signed, for every copy of its cookie; false if it was ended before. */
export async function endEarlierSession(sql: ISql, session: { session: string; exp: number }): Promise<boolean> {
  await sql`delete from ended_session where expires_at < now()`
  const rows = await sql`
    insert into ended_session (session, expires_at) values (${session.session}, to_timestamp(${session.exp}))
    on conflict do nothing returning session`
  return rows.length === 1
}

/** Uses a one-time link; false if it was used before. */
export async function useSignIn(sql: ISql, link: { nonce: string; user: string; exp: number }): Promise<boolean> {
  await sql`delete from used_sign_in where expires_at < now()`
  const rows = await sql`
    insert into used_sign_in (nonce, signed_in, expires_at) values (${link.nonce}, ${link.user}, to_timestamp(${link.exp}))
    on conflict do nothing returning nonce`
  return rows.length === 1
}
