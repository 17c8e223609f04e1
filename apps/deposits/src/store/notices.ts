import type { Queries } from './queries.ts'

/** A message to staff. */
export interface Notice {
  /** There is one message of a key, ever. */
  readonly key: string
  readonly subject: string
  readonly body: string
}

/** Plans a message to staff, once by its key; it is written in the transaction of what it tells. */
export async function addNotice(sql: Queries, { key, subject, body }: Notice, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into notice (key, at, subject, body) values (${key}, ${now.toString()}, ${subject}, ${body})
    on conflict do nothing`
}
