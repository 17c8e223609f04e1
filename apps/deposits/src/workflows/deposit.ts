import { DepositState } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { askDeposit, nextDepositStep, sendDeposit } from './activities.ts'

/** Rounds after which the execution continues with an empty history. */
const maxRounds = 100

/** The seconds that a timer takes; what is due later is looked at again then. */
const maxSeconds = 30 * 86_400

/**
 * Takes one deposit to its end: sends it when it is due, asks for it, and waits in between, on timers that survive everything. What
 * it knows is in the database; the execution is only the clock and the hand. The signal `changed` wakes it: somebody resumed the
 * recipient, or the deposit that it waits for was confirmed.
 */
export const deposit = workflow(
  {
    name: 'Deposit',
    version: '1',
    input: Type.Object({ deposit: Type.String() }),
    output: DepositState,
    timeout: '365d',
    uses: { nextDepositStep, sendDeposit, askDeposit },
    signals: { changed: Type.Object({}) },
  },
  async (ctx, input) => {
    for (let round = 1; round <= maxRounds; round++) {
      const key = String(round)
      const next = await ctx.nextDepositStep(input, { key })
      if (next.step === 'end') return next.state
      if (next.step === 'wait') await ctx.signal('changed', { timeout: `${Math.min(next.seconds, maxSeconds)}s` })
      else if (next.step === 'send') await ctx.sendDeposit(input, { key })
      else await ctx.askDeposit(input, { key })
    }
    return ctx.continueAsNew(input)
  },
)
