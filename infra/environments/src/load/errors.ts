import { join } from 'node:path'

/** Thrown when an environment is invalid, with the file and path of every problem. Never retried: a person must fix it. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
  readonly problems: readonly string[]

  constructor(environment: string, problems: readonly string[]) {
    super(`The environment ${environment} is invalid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Thrown when no environment has that name. Never retried. */
export class UnknownEnvironmentError extends Error {
  override readonly name = 'UnknownEnvironmentError'

  constructor(environment: string, known: readonly string[], folder: string) {
    super(
      `Unknown environment "${environment}". Known environments: ${known.join(', ')}. To add one, create ${join(folder, `${environment}.ts`)}`,
    )
  }
}
