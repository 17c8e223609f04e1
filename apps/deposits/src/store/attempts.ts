import { moveDeposit, type DepositRow, type StoredDocument } from './deposits.ts'
import { instantOf } from './outlook.ts'
import type { Queries } from './queries.ts'

/** Writes down that an attempt begins. One before it without an end was interrupted. */
export async function beginAttempt(
  sql: Queries,
  row: DepositRow,
  document: StoredDocument,
  now: Temporal.Instant,
): Promise<{ number: number; known: string | undefined; replaces: boolean }> {
  const at = now.toString()
  if (row.tries > 0)
    await sql`
      update attempt set ended = ${at}, outcome = 'interrupted', answer = 'The process stopped.'
      where deposit = ${row.id} and ended is null`
  const number = row.tries + 1
  await sql`
    insert into attempt (deposit, number, began, document) values (${row.id}, ${number}, ${at}, ${sql.json({ ...document })})`
  await moveDeposit(sql, row, 'begin', now, {
    tries: number,
    attempts: row.attempts + 1,
    firstAttempt: row.firstAttempt ? instantOf(row.firstAttempt) : now,
    nextAt: null,
  })
  const [before] = await sql<{ known: string | null; replaces: boolean }[]>`
    select
      (select reference from deposit
        where recipient = ${row.recipient} and article = ${row.article} and part = ${row.part} and reference is not null
          and state in ('confirmed', 'confirmed-with-warning') order by since desc limit 1) as known,
      exists (select 1 from attempt join deposit other on other.id = attempt.deposit
        where other.recipient = ${row.recipient} and other.article = ${row.article}
          and attempt.document ->> 'name' = ${document.name} and attempt.document ->> 'sha256' <> ${document.sha256}) as replaces`
  return { number, known: before?.known ?? undefined, replaces: before?.replaces ?? false }
}

/** Writes down how an attempt ended. */
export async function endAttempt(
  sql: Queries,
  id: string,
  number: number,
  { outcome, answer }: { outcome: string; answer: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update attempt set ended = ${now.toString()}, outcome = ${outcome}, answer = ${answer}
    where deposit = ${id} and number = ${number}`
}
