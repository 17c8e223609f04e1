import type { DepositAction, DepositAttempt, DepositDetails, DepositState } from '@continuum/messages'
import { columnsOf, type DepositRow } from './deposits.ts'
import type { Queries } from './queries.ts'

/** A selection of deposits. */
export interface DepositFilter {
  readonly article?: string
  readonly version?: number
  readonly run?: string
  readonly recipient?: string
  readonly state?: DepositState
  /** True: those that have not ended, and those that need a person. */
  readonly open?: boolean
  readonly offset?: number
  readonly limit: number
}

/** Lists deposits, the newest first. */
export function listDeposits(sql: Queries, filter: DepositFilter): Promise<DepositRow[]> {
  const { article, version, run, recipient, state, open, offset = 0, limit } = filter
  return sql<DepositRow[]>`
    select ${columnsOf(sql)} from deposit where true
      ${article === undefined ? sql`` : sql`and article = ${article}`}
      ${version === undefined ? sql`` : sql`and version = ${version}`}
      ${run === undefined ? sql`` : sql`and run = ${run}`}
      ${recipient === undefined ? sql`` : sql`and recipient = ${recipient}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${open ? sql`and state in ('planned', 'waiting', 'sending', 'sent', 'refused', 'unanswered', 'uncertain')` : sql``}
    order by planned_at desc, article, version desc, recipient, part limit ${limit} offset ${offset}`
}

type Rest = Pick<DepositDetails, 'reference' | 'stamp' | 'attemptList' | 'actions'>

/** Reads what a deposit's page has beside its row. */
export async function readDetails(sql: Queries, { id, reference, stamp }: DepositRow): Promise<Rest> {
  const attempts = await sql<
    { number: number; began: Date; ended: Date | null; outcome: string | null; answer: string | null }[]
  >`select number, began, ended, outcome, answer from attempt where deposit = ${id} order by number`
  const actions = await sql<{ at: Date; by: string; act: string; why: string | null }[]>`
    select at, by, act, why from action where deposit = ${id} order by sequence`
  return {
    reference,
    stamp,
    attemptList: attempts.map((each): DepositAttempt => ({
      ...each,
      began: each.began.toISOString(),
      ended: each.ended?.toISOString() ?? null,
    })),
    actions: actions.map((each): DepositAction => ({ ...each, at: each.at.toISOString() })),
  }
}

/** Counts the deposits of each recipient by state. */
export async function countDeposits(sql: Queries): Promise<ReadonlyMap<string, Record<string, number>>> {
  const rows = await sql<{ recipient: string; state: DepositState; count: number }[]>`
    select recipient, state, count(*)::int as count from deposit group by recipient, state`
  const counts = new Map<string, Record<string, number>>()
  for (const { recipient, state, count } of rows) counts.set(recipient, { ...counts.get(recipient), [state]: count })
  return counts
}

/** Reads which recipients are paused, and which cannot be reached. */
export async function readTroubles(sql: Queries) {
  const paused = await sql<{ recipient: string; since: Date; by: string; why: string; automatic: boolean }[]>`
    select recipient, since, by, why, automatic from pause`
  const failing = await sql<{ recipient: string; since: Date; answer: string }[]>`
    select recipient, since, answer from failing`
  return {
    paused: new Map(
      paused.map(({ recipient, ...pause }) => [recipient, { ...pause, since: pause.since.toISOString() }]),
    ),
    failing: new Map(
      failing.map(({ recipient, ...trouble }) => [recipient, { ...trouble, since: trouble.since.toISOString() }]),
    ),
  }
}
