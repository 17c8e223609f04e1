import { setTimeout } from 'node:timers/promises'
import type { WebContext } from './context.ts'
import { DepositsUnavailableError } from './deposits-client.ts'

/** The deposits that recipients have not confirmed; a text where they are not known. */
export type OpenDeposits = { readonly count: number; readonly refused: number } | string

const openStates = ['planned', 'waiting', 'sending', 'sent', 'refused', 'unanswered', 'uncertain'] as const

/**
 * Counts the deposits that are not confirmed. A page is there without them, too.
 *
 * @param milliseconds the page does not wait longer than this for the deposits service
 */
export async function openDeposits({ deposits, logger }: WebContext, milliseconds: number): Promise<OpenDeposits> {
  const late = setTimeout(milliseconds, 'The deposits service takes long to answer.', { ref: false })
  const counted = deposits.recipients().then(
    ({ recipients }) => {
      const sum = (states: readonly string[]) =>
        recipients.reduce((all, { counts }) => all + states.reduce((one, state) => one + (counts[state] ?? 0), 0), 0)
      return { count: sum(openStates), refused: sum(['refused']) }
    },
    (error: unknown) => {
      logger.debug({ err: error }, 'the open deposits could not be counted')
      return error instanceof DepositsUnavailableError ? error.message : 'They could not be read.'
    },
  )
  return Promise.race([counted, late])
}
