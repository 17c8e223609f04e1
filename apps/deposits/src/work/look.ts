import type { Static } from 'typebox'
import { addressMail } from '../plan/address.ts'
import { nextStep } from '../rules/next-step.ts'
import { isEnd, mayMove } from '../rules/state.ts'
import { moveDeposit, withDeposit, type DepositRow, type Worked } from '../store/deposits.ts'
import { addNotice } from '../store/notices.ts'
import { readOutlook } from '../store/outlook.ts'
import type { Queries } from '../store/queries.ts'
import type { nextDepositStep } from '../workflows/activities.ts'
import { unknownRecipientWords, type WorkTools } from './tools.ts'
import { wakeFollowers } from './wake.ts'

/** The next step of a deposit. */
export type Next = Static<(typeof nextDepositStep)['output']>

interface Decided {
  readonly next: Next
  /** The deposit has come to an end by this decision. */
  readonly changed?: true
  /** The mails that took its place. */
  readonly mails?: readonly Worked[]
}

/** Decides what is done with a deposit next, and writes down why it waits. */
export async function lookAt(tools: WorkTools, deposit: string): Promise<Next> {
  const { sql, recipients, now } = tools
  const decided = await withDeposit(sql, deposit, async (transaction, row): Promise<Decided> => {
    const recipient = recipients.find(({ name }) => name === row.recipient)
    if (!recipient) return { next: await waitForSettings(transaction, row, now()) }
    const mails = await addressMail(transaction, row, recipient, now())
    if (mails) return { next: { step: 'end', state: 'superseded' }, changed: true, mails }
    const next = nextStep(await readOutlook(transaction, row, recipient), now())
    switch (next.step) {
      case 'end':
        return { next: { step: 'end', state: row.state } }
      case 'change': {
        const { answer, move } = next
        const state = await moveDeposit(transaction, row, move, now(), { answer })
        if (state === 'unanswered') await addNotice(transaction, unanswered(row, recipient.title, answer), now())
        return { next: { step: 'end', state }, changed: true }
      }
      case 'wait':
        if (mayMove(row.state, 'wait') && row.state !== 'sent')
          await moveDeposit(transaction, row, 'wait', now(), { waitsFor: next.why })
        return { next: { step: 'wait', seconds: next.seconds } }
      default:
        return { next }
    }
  })
  if (decided.mails && decided.mails.length > 0) await tools.start(decided.mails)
  if (decided.changed) await wakeFollowers(tools, deposit)
  return decided.next
}

/** After this long one looks if a recipient is in the settings again. */
const settingsSeconds = 3_600

/** A deposit of a recipient that is in the settings no more waits, and tells so: it may be there again. */
async function waitForSettings(sql: Queries, row: DepositRow, now: Temporal.Instant): Promise<Next> {
  const { state, recipient } = row
  if (isEnd(state)) return { step: 'end', state }
  // One that was being sent stays so: whether it arrived is asked when its recipient is there again.
  if (state === 'planned' || state === 'waiting')
    await moveDeposit(sql, row, 'wait', now, { waitsFor: unknownRecipientWords(recipient), nextAt: null })
  return { step: 'wait', seconds: settingsSeconds }
}

function unanswered(
  row: Pick<DepositRow, 'id' | 'article' | 'version' | 'part' | 'subjects' | 'firstAttempt'>,
  title: string,
  answer: string,
) {
  if (row.firstAttempt === null && row.subjects.length === 0)
    return {
      key: `unaddressed ${row.id}`,
      subject: `Nobody to write to about ${row.article} v${row.version}`,
      body: `${answer} List the authors (continuum mail authors) and send it again, or mark it as done on the Deposits page.`,
    }
  return {
    key: `unanswered ${row.id}`,
    subject: `${title} has not answered: ${row.article} v${row.version}`,
    body: `${title} has not answered about ${row.part} of ${row.article} v${row.version}. ${answer} Look there, then send it again or mark it as done on the Deposits page.`,
  }
}
