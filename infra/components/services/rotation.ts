/** The label of the second value that is accepted, among the versions of a secret in Secrets Manager. */
export const secondStage = 'SECOND'

/** Two values of a token, drawn in turn: the generations of each, and which of the two is sent. */
export interface Generations {
  readonly even: number
  /** Absent: drawn with the environment, and never used. */
  readonly odd: number | undefined
  readonly current: 'even' | 'odd'
}

/**
 * The values of a token at a step of its rotation. Both are accepted at every step; an odd step draws the next one, which nobody sends
 * yet, and the even step after it sends that one. So whichever process is replaced first, what it sends is accepted by all others.
 *
 * @example generationsAt(0) // { even: 0, current: 'even' }: as the environment was made
 * @example generationsAt(1) // { even: 0, odd: 1, current: 'even' }: the next one is accepted
 * @example generationsAt(2) // { even: 0, odd: 1, current: 'odd' }: the next one is sent
 */
export function generationsAt(step: number): Generations {
  const drawn = Math.floor((step + 1) / 2)
  const sent = Math.floor(step / 2)
  const lastOdd = drawn % 2 === 1 ? drawn : drawn - 1
  return {
    even: drawn % 2 === 0 ? drawn : drawn - 1,
    odd: lastOdd > 0 ? lastOdd : undefined,
    current: sent % 2 === 0 ? 'even' : 'odd',
  }
}
