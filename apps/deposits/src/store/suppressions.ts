import type { Suppressions } from '@continuum/messages'
import type { Queries } from './queries.ts'

/** Reads why no mail goes to an address; undefined where mail may. */
export async function readSuppression(sql: Queries, address: string): Promise<string | undefined> {
  const [found] = await sql<{ why: string }[]>`select why from suppression where address = ${address.toLowerCase()}`
  return found?.why
}

/** Stops all mail to an address. One that gets none already keeps who stopped it, when and why. */
export async function suppress(
  sql: Queries,
  { address, by, why }: { address: string; by: string; why: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into suppression (address, since, by, why) values (${address.toLowerCase()}, ${now.toString()}, ${by}, ${why})
    on conflict do nothing`
}

/** Lets mail go to an address again; false if it was not stopped. */
export async function unsuppress(sql: Queries, address: string): Promise<boolean> {
  const gone = await sql`delete from suppression where address = ${address.toLowerCase()} returning address`
  return gone.length > 0
}

/** Lists the addresses that no mail goes to. */
export async function listSuppressions(sql: Queries): Promise<Suppressions> {
  const rows = await sql<{ address: string; since: Date; by: string; why: string }[]>`
    select address, since, by, why from suppression order by address`
  return rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }))
}
