import type { DepositState } from '@continuum/messages'
import type { RecipientSettings } from '@continuum/settings'
import type { Outlook } from '../rules/next-step.ts'
import { isUnaddressed } from '../rules/parts.ts'
import { traitsOf } from '../rules/traits.ts'
import type { DepositRow } from './deposits.ts'
import type { Queries } from './queries.ts'

interface Around {
  readonly pausedBy: string | null
  readonly pausedSince: Date | null
  readonly pausedWhy: string | null
  readonly beforeState: DepositState | null
  readonly beforePart: string | null
  readonly beforeVersion: number | null
  readonly interrupted: boolean
  readonly overtakenBy: number | null
  readonly besides: number | null
  readonly sending: number
}

/** Reads everything that decides the next step of a deposit. */
export async function readOutlook(sql: Queries, row: DepositRow, recipient: RecipientSettings): Promise<Outlook> {
  const traits = traitsOf(recipient)
  const sameRecord = sql`other.recipient = ${row.recipient} and other.part = ${row.part} and other.subjects && ${row.subjects}`
  const [around] = await sql<Around[]>`
    select pause.by as "pausedBy", pause.since as "pausedSince", pause.why as "pausedWhy",
      earlier.state as "beforeState", earlier.part as "beforePart", earlier.version as "beforeVersion",
      exists (select 1 from attempt where deposit = ${row.id} and ended is null) as interrupted,
      (select max(other.version) from deposit other
        where ${sameRecord} and other.id <> ${row.id} and other.version >= ${row.version}
          and (other.stamp > ${row.stamp}::numeric or (${traits.replaces}
            and (other.planned_at, other.version) > (${row.plannedAt}, ${row.version}::integer)))
          and (other.state in ('confirmed', 'confirmed-with-warning') or (${traits.answersElsewhere} and other.state = 'sent'))) as "overtakenBy",
      (select max(other.version) from deposit other
        where ${sameRecord} and other.id <> ${row.id} and ${traits.replaces} and other.state = 'sending') as besides,
      (select count(*)::int from deposit other
        where other.recipient = ${row.recipient} and other.state = 'sending' and other.id <> ${row.id}) as sending
    from (select 1) one
      left join pause on pause.recipient = ${row.recipient}
      left join deposit earlier on earlier.id = ${row.before}`
  if (!around) throw new Error('a select without rows of its own returned none')
  const { pausedBy, pausedSince, pausedWhy, beforeState, beforePart, beforeVersion } = around
  return {
    state: row.state,
    version: row.version,
    planned: instantOf(row.plannedAt),
    unaddressed: isUnaddressed(recipient, row),
    due: instantOf(row.due),
    dueBecause: row.dueBecause,
    nextAt: row.nextAt ? instantOf(row.nextAt) : undefined,
    firstAttempt: row.firstAttempt ? instantOf(row.firstAttempt) : undefined,
    sentAt: row.sentAt ? instantOf(row.sentAt) : undefined,
    interrupted: around.interrupted && row.state === 'sending',
    recipient: traits,
    paused:
      pausedBy === null || pausedSince === null
        ? undefined
        : { by: pausedBy, since: pausedSince.toISOString(), why: pausedWhy ?? '' },
    before:
      beforeState === null || beforePart === null || beforeVersion === null
        ? undefined
        : { state: beforeState, part: beforePart, version: beforeVersion, confirmed: row.beforeConfirmed },
    overtakenBy: around.overtakenBy ?? undefined,
    besides: around.besides ?? undefined,
    sending: around.sending,
    concurrency: traits.concurrency,
  }
}

/** Converts a date of the database. */
export function instantOf(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}
