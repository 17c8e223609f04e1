/** Thrown when a service cannot answer at the moment (429, or 500 and above; a connection that breaks): the same command may succeed later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
  /** The problem without the advice: a service and its answer, or what breaks. */
  readonly problem: string

  constructor(problem: string) {
    const trimmed = problem.trim().replace(/\.$/, '')
    super(`${trimmed}. Say the same command again later.`)
    this.problem = trimmed
  }
}
