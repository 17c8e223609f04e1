import type { ISql } from 'postgres'

/** Uses up a one-time link. False where it was used before. */
export async function useSignIn(sql: ISql, link: { nonce: string; user: string; exp: number }): Promise<boolean> {
  await sql`delete from used_sign_in where expires_at < now()`
  const rows = await sql`
    insert into used_sign_in (nonce, signed_in, expires_at) values (${link.nonce}, ${link.user}, to_timestamp(${link.exp}))
    on conflict do nothing returning nonce`
  return rows.length === 1
}
