import type { AskResult } from '@continuum/recipients'
import { implement, type Implementation } from '@continuum/workflow-core'
import { pauseAfter } from '../rules/next-step.ts'
import { compareStamps } from '../rules/stamps.ts'
import { moveDeposit, readDeposit, withDeposit, type DepositRow } from '../store/deposits.ts'
import { instantOf } from '../store/outlook.ts'
import { renewStamp } from '../store/stamps.ts'
import type { Queries } from '../store/queries.ts'
import { askDeposit } from '../workflows/activities.ts'
import { pauseForAccount } from './outcome.ts'
import { recipientOf, type Tending, type WorkTools } from './tools.ts'
import { wakeFollowers } from './wake.ts'

/** Asks about a deposit that has an execution of its own. */
export function implementAsk(tools: WorkTools): Implementation {
  return implement(askDeposit, ({ deposit }, tending) => ask(tools, deposit, tending))
}

/** Asks a recipient how a deposit ended. Asking twice does no harm. */
export async function ask(tools: WorkTools, deposit: string, { signal, log }: Tending): Promise<void> {
  const row = await readDeposit(tools.sql, deposit)
  const recipient = recipientOf(tools.recipients, row.recipient)
  const connected = tools.connect(recipient, row)
  if (row.state !== 'sent' || !row.document || !connected.ask) return
  await using document = await tools.open(row.document, signal)
  const reference = row.reference === null ? {} : { reference: row.reference }
  const sentAt = row.sentAt ? instantOf(row.sentAt) : tools.now()
  const result = await connected.ask({ key: row.id, attempt: row.tries, ...reference, sentAt, document }, signal)
  log.info({ deposit, recipient: row.recipient, outcome: result.kind }, result.answer)
  await withDeposit(tools.sql, deposit, async (sql, locked) => {
    if (locked.state !== 'sent') return
    await recordAnswer(sql, locked, result, tools.now(), 'quick' in recipient && (recipient.quick ?? false))
    if (result.kind === 'refused' && result.account) await pauseForAccount(sql, recipient, result, tools.now())
  })
  await wakeFollowers(tools, deposit)
}

async function recordAnswer(
  sql: Queries,
  row: DepositRow,
  result: AskResult,
  now: Temporal.Instant,
  quick: boolean,
): Promise<void> {
  const { answer } = result
  switch (result.kind) {
    case 'confirmed':
      await moveDeposit(sql, row, result.warning ? 'confirmWithWarning' : 'confirm', now, { answer })
      return
    case 'overtaken':
      return recordOvertaken(sql, row, result, now)
    case 'refused':
      if (!result.account) {
        await moveDeposit(sql, row, 'refuse', now, { answer })
        return
      }
  }
  // It keeps its state, and is asked for again.
  const seconds = result.kind === 'later' ? result.afterSeconds : undefined
  const asked = row.asked + 1
  const usual = quick && asked < 60 ? 1 : pauseAfter(asked + 1)
  const nextAt = now.add({ seconds: Math.ceil(seconds ?? usual) }).toString()
  await sql`
    update deposit set asked = ${asked}, next_at = ${nextAt}, answer = ${answer}, waits_for = null where id = ${row.id}`
}

/**
 * Somebody deposited the DOI with a greater timestamp. Where that was a later deposit of ours, this one is superseded; where it is
 * this one's own, sent twice, it is confirmed; else it is built once more with a timestamp above.
 */
async function recordOvertaken(
  sql: Queries,
  row: DepositRow,
  { answer, doi, registered }: Extract<AskResult, { kind: 'overtaken' }>,
  now: Temporal.Instant,
): Promise<void> {
  if (row.stamp !== null && compareStamps(row.stamp, registered) === 0) {
    await moveDeposit(sql, row, 'confirm', now, { answer: `Registered by an earlier attempt. ${answer}` })
    return
  }
  const ours = await sql`
    select 1 from deposit where recipient = ${row.recipient} and id <> ${row.id} and stamp >= ${registered}::numeric
      and exists (select 1 from unnest(subjects) subject where lower(subject) = lower(${doi})) limit 1`
  if (ours.length > 0 || row.rebuilt) {
    await moveDeposit(sql, row, ours.length > 0 ? 'supersede' : 'refuse', now, { answer })
    return
  }
  await renewStamp(sql, row, now, [registered])
  await sql`update deposit set rebuilt = true where id = ${row.id}`
  await moveDeposit(sql, row, 'rebuild', now, {
    answer,
    waitsFor: 'Built again with a greater timestamp',
    nextAt: null,
  })
}
