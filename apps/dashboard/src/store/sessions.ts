import type { ISql } from 'postgres'

/** Reads the content of a session, and stores that it was seen, once a minute; undefined for one that is expired or ended. */
export async function readSession<Content>(sql: ISql, key: string): Promise<Content | undefined> {
  const [row] = await sql<{ content: Content; old: boolean }[]>`
    select content, seen_at < now() - interval '1 minute' as old from session where key = ${key} and expires_at > now()`
  if (row?.old) await sql`update session set seen_at = now() where key = ${key}`
  return row?.content
}

/** Stores a session. Its expiry is set when an account is first in it, and stays. */
export async function writeSession(
  sql: ISql,
  session: { key: string; account: string | null; content: string; seconds: number },
): Promise<void> {
  const { key, account, content, seconds } = session
  await sql`
    insert into session (key, account, content, expires_at)
    values (${key}, ${account}, ${content}::text::json, now() + ${seconds} * interval '1 second')
    on conflict (key) do update set content = excluded.content, account = excluded.account,
      expires_at = case when session.account is null then excluded.expires_at else session.expires_at end`
}

/** Ends a session, and forgets those that are expired. */
export async function deleteSession(sql: ISql, key: string): Promise<void> {
  await sql`delete from session where key = ${key} or expires_at < now()`
}
