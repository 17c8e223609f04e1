import type { DepositState } from '@continuum/messages'
import type { Sql } from '@continuum/service'
import type { Queries } from './queries.ts'
import { stateAfter, type Move } from '../rules/state.ts'

/** A document as it was sent, in the downstream bucket. */
export interface StoredDocument {
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly key: string
}

/** A row of the table of deposits. */
export interface DepositRow {
  readonly id: string
  readonly recipient: string
  readonly article: string
  readonly version: number
  readonly run: string
  readonly part: string
  readonly subjects: string[]
  readonly once: string | null
  readonly state: DepositState
  readonly rule: string
  readonly plannedAt: Date
  readonly since: Date
  readonly due: Date
  readonly dueBecause: string
  readonly before: string | null
  readonly beforeConfirmed: boolean
  readonly stamp: string | null
  readonly revision: number | null
  readonly attempts: number
  readonly tries: number
  readonly asked: number
  readonly firstAttempt: Date | null
  readonly sentAt: Date | null
  readonly nextAt: Date | null
  readonly waitsFor: string | null
  readonly reference: string | null
  readonly answer: string | null
  readonly rebuilt: boolean
  readonly document: StoredDocument | null
  /** It has one execution with the other deposits of its publication; false: one of its own, from before there was such a thing. */
  readonly together: boolean
}

/** A deposit as far as it tells which execution works on it. */
export type Worked = Pick<DepositRow, 'id' | 'article' | 'version' | 'run' | 'recipient' | 'together'>

/** The columns of {@link Worked}. */
export function workedColumns(sql: Queries) {
  return sql`deposit.id, deposit.article, deposit.version, deposit.run, deposit.recipient, deposit.together`
}

/** The columns of a deposit under the names of {@link DepositRow}. */
export function columnsOf(sql: Queries) {
  return sql`id, recipient, article, version, run, part, subjects, once, state, rule, planned_at as "plannedAt", since, due,
    due_because as "dueBecause", before, before_confirmed as "beforeConfirmed", stamp::text, revision, attempts, tries, asked,
    first_attempt as "firstAttempt", sent_at as "sentAt", next_at as "nextAt", waits_for as "waitsFor", reference, answer,
    rebuilt, document, together`
}

/** Thrown when there is no deposit with an id. */
export class UnknownDepositError extends Error {
  override readonly name = 'UnknownDepositError'
  readonly retry = false
}

/**
 * Reads a deposit.
 *
 * @param options.lock locks its row until the transaction ends
 * @throws UnknownDepositError
 */
export async function readDeposit(sql: Queries, id: string, { lock = false } = {}): Promise<DepositRow> {
  const [row] = await sql<DepositRow[]>`
    select ${columnsOf(sql)} from deposit where id = ${id} ${lock ? sql`for update` : sql``}`
  if (!row) throw new UnknownDepositError(`There is no deposit ${id}.`)
  return row
}

/** Lists the ids of the deposits of a publication for one recipient that have not ended, in the order in which they were planned. */
export async function readDepositsOf(
  sql: Queries,
  { article, version, run, recipient }: Pick<DepositRow, 'article' | 'version' | 'run' | 'recipient'>,
): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from deposit where article = ${article} and version = ${version} and run = ${run} and recipient = ${recipient}
      and state in ('planned', 'waiting', 'sending', 'sent') order by planned_at, before nulls first, part`
  return rows.map(({ id }) => id)
}

/** The fields that a move sets, beside state and its instant. */
export interface MoveFields {
  readonly waitsFor?: string | null
  readonly nextAt?: Temporal.Instant | null
  readonly answer?: string
  readonly reference?: string
  readonly sentAt?: Temporal.Instant
  readonly firstAttempt?: Temporal.Instant | null
  readonly due?: Temporal.Instant
  readonly attempts?: number
  readonly tries?: number
  readonly asked?: number
}

/**
 * Moves a deposit whose row the transaction has locked. `since` stays where the state does.
 *
 * @throws IllegalMoveError when its state does not allow the move
 */
export async function moveDeposit(
  sql: Queries,
  row: DepositRow,
  move: Move,
  now: Temporal.Instant,
  fields: MoveFields = {},
): Promise<DepositState> {
  const state = stateAfter(row.state, move)
  const set = {
    state,
    ...(state !== row.state && { since: now.toString() }),
    waits_for: fields.waitsFor ?? null,
    ...(fields.nextAt !== undefined && { next_at: fields.nextAt?.toString() ?? null }),
    ...(fields.answer !== undefined && { answer: fields.answer }),
    ...(fields.reference !== undefined && { reference: fields.reference }),
    ...(fields.sentAt !== undefined && { sent_at: fields.sentAt.toString() }),
    ...(fields.firstAttempt !== undefined && { first_attempt: fields.firstAttempt?.toString() ?? null }),
    ...(fields.due !== undefined && { due: fields.due.toString() }),
    ...(fields.attempts !== undefined && { attempts: fields.attempts }),
    ...(fields.tries !== undefined && { tries: fields.tries }),
    ...(fields.asked !== undefined && { asked: fields.asked }),
  }
  await sql`update deposit set ${sql(set)} where id = ${row.id}`
  return state
}

/** Runs work in a transaction in which the deposit's row is locked. */
export async function withDeposit<Result>(
  sql: Sql,
  id: string,
  work: (sql: Queries, row: DepositRow) => Promise<Result>,
): Promise<Result> {
  const result = await sql.begin(async (transaction) => ({
    value: await work(transaction, await readDeposit(transaction, id, { lock: true })),
  }))
  return result.value
}
