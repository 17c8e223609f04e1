import { join } from 'node:path'

/** Thrown when an environment's values are not right: every problem with its file and path. Never retried: for a person. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
  readonly problems: readonly string[]

  constructor(environment: string, problems: readonly string[]) {
    super(`The environment ${environment} is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Thrown when there is no environment of that name. Never retried. */
export class UnknownEnvironment extends Error {
  override readonly name = 'UnknownEnvironment'

  constructor(environment: string, known: readonly string[], folder: string) {
    super(
      `There is no environment "${environment}". There are: ${known.join(', ')}. A new one is a new file: ${join(folder, `${environment}.ts`)}`,
    )
  }
}
