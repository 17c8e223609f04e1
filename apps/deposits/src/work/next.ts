import { implement, type Implementation } from '@continuum/workflow-core'
import type { Static } from 'typebox'
import { nextStep } from '../rules/next-step.ts'
import { mayMove } from '../rules/state.ts'
import { moveDeposit, withDeposit } from '../store/deposits.ts'
import { readOutlook } from '../store/outlook.ts'
import { nextDepositStep } from '../workflows/activities.ts'
import { addNotice } from '../store/notices.ts'
import { recipientOf, type WorkTools } from './tools.ts'
import { wakeFollowers } from './wake.ts'

interface Decided {
  readonly next: Static<(typeof nextDepositStep)['output']>
  /** The deposit has come to an end by this decision. */
  readonly changed?: true
}

/** Decides what is done with a deposit next, and writes down why it waits. */
export function implementNext(tools: WorkTools): Implementation {
  return implement(nextDepositStep, async ({ deposit }) => {
    const { sql, recipients, now } = tools
    const decided = await withDeposit(sql, deposit, async (transaction, row): Promise<Decided> => {
      const recipient = recipientOf(recipients, row.recipient)
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
    if (decided.changed) await wakeFollowers(tools, deposit)
    return decided.next
  })
}

function unanswered(
  row: { id: string; article: string; version: number; part: string },
  title: string,
  answer: string,
) {
  return {
    key: `unanswered ${row.id}`,
    subject: `${title} has not answered: ${row.article} v${row.version}`,
    body: `${title} has not answered about ${row.part} of ${row.article} v${row.version}. ${answer} Look there, then send it again or mark it as done on the Deposits page.`,
  }
}
