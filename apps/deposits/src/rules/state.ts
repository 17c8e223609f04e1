import type { DepositState } from '@continuum/messages'

/**
 * The life of a deposit.
 *
 * A publication plans a deposit for every recipient: `planned`, or `not-for-this-recipient` with the rule that said so. A
 * planned one is `waiting` as long as something keeps it: its hour, an embargo, a pause, another deposit that must be
 * confirmed first, a recipient that is down. `sending` begins before the first byte leaves, and is written down before it
 * does; so after a crash one knows that something may have arrived. It ends in `sent` (the bytes are with the recipient, the
 * answer comes later), in `confirmed`, in `refused` with the recipient's words, or back in `waiting` when the trouble passes.
 * A `sent` one is asked for until it is confirmed or refused, or is `unanswered` when its time is over. A mail, or anything
 * else that must not go out twice, is `uncertain` when nobody knows whether it went out.
 *
 * A person writes down what a recipient said elsewhere, such as in PubMed's loader report: as done, or as refused.
 *
 * It is `superseded` when a later version's was confirmed first, and `cancelled` by a person, or because mail
 * to its address was stopped in the meantime. People also send again, and mark as
 * done by hand; only `not-for-this-recipient` cannot be changed, for it is a decision and not a document.
 */
const moves = {
  wait: { from: ['planned', 'waiting', 'sending'], to: 'waiting' },
  begin: { from: ['planned', 'waiting', 'sending'], to: 'sending' },
  take: { from: ['sending', 'uncertain'], to: 'sent' },
  confirm: { from: ['sending', 'sent', 'uncertain'], to: 'confirmed' },
  confirmWithWarning: { from: ['sending', 'sent', 'uncertain'], to: 'confirmed-with-warning' },
  refuse: { from: ['planned', 'waiting', 'sending', 'sent', 'uncertain'], to: 'refused' },
  expire: { from: ['planned', 'waiting', 'sending', 'sent'], to: 'unanswered' },
  doubt: { from: ['sending'], to: 'uncertain' },
  rebuild: { from: ['sent'], to: 'waiting' },
  supersede: { from: ['planned', 'waiting', 'sending', 'sent'], to: 'superseded' },
  cancel: { from: ['planned', 'waiting', 'sent', 'refused', 'unanswered', 'uncertain'], to: 'cancelled' },
  sendAgain: {
    from: [
      'waiting',
      'sent',
      'confirmed',
      'confirmed-with-warning',
      'refused',
      'unanswered',
      'uncertain',
      'superseded',
      'cancelled',
    ],
    to: 'waiting',
  },
  markRefused: { from: ['sent', 'confirmed', 'confirmed-with-warning', 'unanswered', 'uncertain'], to: 'refused' },
  markDone: {
    from: ['planned', 'waiting', 'sent', 'refused', 'unanswered', 'uncertain', 'superseded', 'cancelled'],
    to: 'confirmed',
  },
} as const satisfies Record<string, { from: readonly DepositState[]; to: DepositState }>

/** A change of a deposit's state. */
export type Move = keyof typeof moves

/** Thrown when a deposit cannot change as it is asked to: its state has changed in the meantime. */
export class IllegalMoveError extends Error {
  override readonly name = 'IllegalMoveError'
  readonly retry = false
}

/**
 * Returns the state that a deposit has after a move.
 *
 * @throws IllegalMoveError when the move does not begin at its state
 */
export function stateAfter(state: DepositState, move: Move): DepositState {
  if (mayMove(state, move)) return moves[move].to
  throw new IllegalMoveError(
    `The deposit is ${state}: ${wordsOf[move]} is possible when it is ${moves[move].from.join(', ')}.`,
  )
}

/** Tells if a move begins at a state. */
export function mayMove(state: DepositState, move: Move): boolean {
  return moves[move].from.some((from) => from === state)
}

const ends: ReadonlySet<DepositState> = new Set([
  'confirmed',
  'confirmed-with-warning',
  'refused',
  'unanswered',
  'uncertain',
  'superseded',
  'cancelled',
  'not-for-this-recipient',
])

/** Tells if a state is an end: nothing changes it but a person. */
export function isEnd(state: DepositState): boolean {
  return ends.has(state)
}

/** Tells if the recipient has the article by this deposit, as far as anybody can know. */
export function hasArrived(state: DepositState): boolean {
  return state === 'sent' || state === 'confirmed' || state === 'confirmed-with-warning'
}

/** Tells if a deposit needs a person to end well. */
export function needsPerson(state: DepositState): boolean {
  return state === 'refused' || state === 'unanswered' || state === 'uncertain'
}

const wordsOf: Readonly<Record<Move, string>> = {
  wait: 'waiting',
  begin: 'an attempt',
  take: 'a receipt',
  confirm: 'a confirmation',
  confirmWithWarning: 'a confirmation with a warning',
  refuse: 'a refusal',
  expire: 'giving up',
  doubt: 'doubt',
  rebuild: 'building it again',
  supersede: 'being superseded',
  cancel: 'cancelling',
  sendAgain: 'sending again',
  markDone: 'marking as done',
  markRefused: 'marking as refused',
}
