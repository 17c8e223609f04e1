import { parseArgs } from 'node:util'
import { assumed, usual, type Assumptions } from './assumptions.ts'

const flags = Object.entries(assumed).map(
  ([name, { otherwise, means }]) => `  --${`${name} N`.padEnd(16)}${means} (${otherwise})`,
)

/** The usage of the command. */
export const usage = `Usage: continuum cost --env NAME | --all [--json] [flags]

Prints what an environment, or each, costs a month, computed from the plan of its resources (npm run plan) and from the prices in
infra/cost/prices.ts. Asks nothing of AWS. Exits 1 if the plan has something without a price.

${flags.join('\n')}
  --all             all environments, a line each
  --json            as JSON`

/** Thrown for a command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The cost that is asked for. */
export interface Asked {
  readonly environments: readonly string[]
  /** A line for each, not a table of one. */
  readonly inShort: boolean
  readonly json: boolean
  readonly assumptions: Assumptions
}

/**
 * Reads the command line.
 *
 * @returns undefined if its help is asked for
 * @throws UsageError
 */
export function asked(args: readonly string[], environments: readonly string[]): Asked | undefined {
  const { env, all, json, help, ...given } = parsed(args)
  if (help === true) return undefined
  const inShort = all === true
  if (inShort === (env !== undefined)) throw new UsageError('Say either --env NAME or --all.')
  if (env !== undefined && !environments.includes(env))
    throw new UsageError(`--env must be one of ${environments.join(', ')}, but is ${env}.`)
  return {
    environments: env === undefined ? environments : [env],
    inShort,
    json: json === true,
    assumptions: { ...usual, ...numbersOf(given) },
  }
}

function parsed(args: readonly string[]) {
  const number = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        env: { type: 'string' },
        all: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        articles: number,
        megabytes: number,
        months: number,
        gigabytes: number,
        pages: number,
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The assumptions that were given. */
function numbersOf(given: { readonly [Name in keyof Assumptions]?: string | undefined }): Partial<Assumptions> {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      if (text === undefined || !/^\d+(\.\d+)?$/.test(text))
        throw new UsageError(`--${name} must be a number, but is ${text}`)
      return [name, Number(text)]
    }),
  )
}
