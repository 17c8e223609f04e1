import { Command, CommanderError, InvalidArgumentError } from 'commander'
import type { Output } from './output.ts'
import { translatePython } from './python-expression.ts'

/** An expression as it was given, and how it is asked: anchored at the start. */
export interface Filter {
  readonly text: string
  readonly pattern: RegExp
}

/** The options of a feed. */
export interface Options {
  bucket: string
  queue: string
  workflow: string
  /** Only keys with this prefix. */
  prefix: string
  /** Only keys that match. */
  filter: Filter | undefined
  /** Only keys after this one, in the order of the listing. */
  startAfter: string | undefined
  /** Seconds between messages. */
  rate: number
  working: boolean
  /** `feed` sends; `dry-run` says what it would send; `count` says how many. */
  mode: 'feed' | 'dry-run' | 'count'
  /** Keys that do not end in `.zip` as well. */
  everything: boolean
  json: boolean
}

/** The end of the command without a feed: help was requested, or a usage error was reported. */
export interface Ended {
  exitCode: 0 | 2
}

const usage = `
The credentials and the region come from the usual variables (AWS_REGION or AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY), and AWS_ENDPOINT_URL replaces AWS by another server.

Exit codes: 0 all matching keys fed, 1 nothing could be fed (region, bucket, queue, AWS), 2 usage,
            3 nothing matched, 4 some keys were not fed, 130 interrupted.

Example: feeder -p elife-10856-vor-r4 -r 1 ct-elife-production-final ct-workflow-starter-queue`

/** Reads the command line; usage errors and help are written with `write`. */
export function readOptions(args: readonly string[], write: Output): Options | Ended {
  let options: Options | undefined
  const command = new Command('feeder')
    .description('Feeds packages from a bucket into the pipeline: one message per key on the workflow starter queue.')
    .argument('<bucket>', 'the bucket to list')
    .argument('<queue>', 'the name of the workflow starter queue')
    .argument('[workflow]', 'the workflow to start for each key', 'PublishPerfectArticle')
    .option('-p, --prefix <prefix>', 'only keys with this prefix', '')
    .option('-r, --rate <seconds>', 'whole seconds between messages; 0 for no pause', seconds, 30)
    .option(
      '-f, --filter <regex>',
      'only keys that match this regular expression (as Python writes it), anchored at the start',
      expression,
    )
    .option('-w, --working', 'print a dot for each key fed', false)
    .option('-s, --start-after <key>', 'only keys after this one, to resume an interrupted feed')
    .option('--everything', 'also feed keys that do not end in .zip', false)
    .option('--dry-run', 'print what would be fed; send nothing', false)
    .option('--count', 'print the number of matching keys and their size; send nothing', false)
    .option('--json', 'print one JSON object per line', false)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', usage)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: write.out, writeErr: write.err })
    .action((bucket: string, queue: string, workflow: string, given: Given) => {
      const { dryRun, count, prefix, rate, filter, working, startAfter, everything, json } = given
      const mode = count ? 'count' : dryRun ? 'dry-run' : 'feed'
      options = { bucket, queue, workflow, prefix, rate, filter, working, startAfter, everything, json, mode }
    })
  try {
    command.parse(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 }
    throw error
  }
  return options ?? { exitCode: 2 }
}

interface Given {
  prefix: string
  rate: number
  filter: Filter | undefined
  working: boolean
  startAfter: string | undefined
  everything: boolean
  dryRun: boolean
  count: boolean
  json: boolean
}

function seconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('A whole number of seconds is expected.')
  return Number(text)
}

/**
 * Reads an expression of Python's, anchored at the start but not at the end as the original does: `.*vor` matches keys that `vor`
 * does not.
 */
function expression(text: string): Filter {
  try {
    const { source, flags } = translatePython(text)
    return { text, pattern: new RegExp(`^(?:${source})`, flags) }
  } catch (error) {
    throw new InvalidArgumentError(`${error instanceof Error ? error.message : String(error)}.`)
  }
}
