import { readSuppression } from '../store/suppressions.ts'
import type { Queries } from '../store/queries.ts'

/** A row of a mail that is planned. */
export type MailRow = Record<string, unknown> & { readonly subjects: string[]; readonly once: string | null }

/**
 * Inserts a deposit, or the decision that there is none: no mail goes to its address, or it was written to before.
 *
 * @returns true where it is a deposit
 */
export async function insertMail(sql: Queries, row: MailRow): Promise<boolean> {
  const why = await readSuppression(sql, row.subjects[0] ?? '')
  if (why === undefined) return insertOnce(sql, row)
  await insertDecision(sql, row, `no mail goes to this address: ${why}`)
  return false
}

/** Inserts a deposit. One that was planned before is a decision, too: it is not written twice. */
async function insertOnce(sql: Queries, row: MailRow): Promise<boolean> {
  const [created] =
    await sql`insert into deposit ${sql(row)} on conflict (once) where once is not null do nothing returning id`
  if (!created) await insertDecision(sql, row, 'was written to before, about this version')
  return created !== undefined
}

async function insertDecision(sql: Queries, row: MailRow, rule: string): Promise<void> {
  await sql`insert into deposit ${sql({ ...row, state: 'not-for-this-recipient', rule, once: null })}`
}
