/** Thrown when a service answers that it cannot at the moment (429, or 500 and above): the same command may succeed later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'

  /** @param answer who answers what */
  constructor(answer: string) {
    super(`${answer.replace(/\.$/, '')}. Say the same command again when it is well.`)
  }
}
