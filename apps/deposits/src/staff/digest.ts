import type { RecipientSettings } from '@continuum/settings'
import { Cron } from 'croner'
import type { RecipientSchedule } from '@continuum/settings'
import type { Sql } from '@continuum/service'
import { addNotice } from '../store/notices.ts'
import { listDeposits } from '../store/lists.ts'
import type { DepositRow } from '../store/deposits.ts'

/** The hour of the digest, unless an environment has another: in the morning, when somebody can act on it. */
const usualHour: RecipientSchedule = { cron: '0 9 * * *', zone: 'Europe/London' }

/**
 * Plans the digest for staff when its hour has passed: only what needs a person, once a day, and none where nothing does.
 *
 * @param schedule the hour of the digest
 */
export async function planDigest(
  sql: Sql,
  recipients: readonly RecipientSettings[],
  schedule: RecipientSchedule = usualHour,
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<void> {
  if (schedule === 'at once') return
  const last = new Cron(schedule.cron, { timezone: schedule.zone }).previousRuns(1, new Date(now.epochMilliseconds))[0]
  if (!last) return
  const ended = await Promise.all(
    (['refused', 'unanswered', 'uncertain'] as const).map((state) => listDeposits(sql, { state, limit: 500 })),
  )
  const mails = new Set(recipients.flatMap((recipient) => (recipient.kind === 'mail' ? [recipient.name] : [])))
  const open = (await listDeposits(sql, { state: 'waiting', limit: 1_000 })).filter(({ recipient }) =>
    mails.has(recipient),
  )
  const waiting = [...ended.flat(), ...open.filter(({ subjects }) => subjects.length === 0)]
  if (waiting.length === 0) return
  const { subject, body } = digestText(waiting, recipients)
  await addNotice(sql, { key: `digest ${last.toISOString()}`, subject, body }, now)
}

/** Writes the digest: by recipient, what was not delivered and why. */
export function digestText(
  deposits: readonly DepositRow[],
  recipients: readonly RecipientSettings[],
): { subject: string; body: string } {
  const titles = new Map(recipients.map(({ name, title }) => [name, title]))
  const parts = [...Map.groupBy(deposits, ({ recipient }) => recipient)].map(([recipient, its]) =>
    [
      `${titles.get(recipient) ?? recipient}:`,
      ...its.map(
        ({ article, version, part, state, answer, waitsFor }) =>
          `  ${article} v${version}${part === 'article' ? '' : `, ${part}`}: ${state}. ${waitsFor ?? answer ?? ''}`,
      ),
    ].join('\n'),
  )
  const count = `${deposits.length} ${deposits.length === 1 ? 'deposit needs' : 'deposits need'} a person`
  return {
    subject: count,
    body: `${count}. On the Deposits page they can be sent again or marked as done.\n\n${parts.join('\n\n')}`,
  }
}
