import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import { readStdin } from './inputs.ts'
import { rebuild, type RebuildOptions } from './rebuild.ts'
import { runArticles, runCheck, type ArticleOptions, type CommandContext, type Output } from './run-command.ts'
import type { Action } from './send.ts'
import { cdnAddress, storeAddress } from './store-address.ts'

interface EnvironmentOptions {
  readonly env: string
  readonly url?: string
  readonly data: string
}

const actions: readonly (readonly [Action, string])[] = [
  ['ingest', 'store articles as previews: article JSON ({"article": {...}}), or JATS XML, which is converted'],
  ['publish', 'publish versions that were ingested: 353v1, or the files or folders that they were ingested from'],
  ['ingest+publish', 'store and publish articles, both or neither of each'],
]

/** `continuum lax`: the article store's own command line. */
export function articleCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const lax = program
    .command('lax')
    .description(
      'ingest, publish and check articles in the article store. Exits 0 when all succeeded, 1 when one did not, 2 for bad usage',
    )
  const command = (name: string, description: string) =>
    lax
      .command(name)
      .description(description)
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
      .option('--env <name>', 'the environment', 'local')
      .option(...dataOption)

  for (const [action, description] of actions) {
    command(action, description)
      .argument('[articles...]', 'files, folders, or - for standard input, which is read where nothing is named')
      .option('--id <id>', 'the id of the article, where its file is not named after it')
      .option('--version <number>', 'its version')
      .option('--force', 'change what is published already (a silent correction)', false)
      .option('--dry-run', 'say what would happen, and change nothing', false)
      .option('--parallel <number>', 'articles that are worked on at once', '4')
      .option('--serial', 'one article after the other', false)
      .option('--json', 'print one JSON line per article', false)
      .option(
        '--url <url>',
        'the address of the article store; by default that of the environment. LAX_TOKEN has its token',
      )
      .action((articles: string[], options: ArticleOptions & EnvironmentOptions) =>
        exiting(async () => runArticles(action, articles, options, await contextOf(options, base))),
      )
  }

  command('check', 'check articles as the store would, against the schemas of article JSON; needs no service')
    .argument('[articles...]', 'files, folders, or - for standard input')
    .option('--json', 'print one JSON line per article', false)
    .action((articles: string[], options: EnvironmentOptions & { json: boolean }) =>
      exiting(async () => {
        const context = await contextOf(options, base)
        return runCheck(articles, options, { ...context, cdnUrl: async () => 'https://cdn.example.org' })
      }),
    )

  command('rebuild', 'make the whole store again from the archive bucket, with the dates kept; may be repeated')
    .option('--dry-run', 'say what would be made, and change nothing', false)
    .option('--json', 'print JSON lines', false)
    .action((options: RebuildOptions) => exiting(() => rebuild(options, base)))
}

async function contextOf(options: EnvironmentOptions, base: string): Promise<CommandContext> {
  const where = { ...options, base }
  return {
    journals: journalsOf((await loadEnvironment(options.env)).journals),
    base,
    store: () => storeAddress(where),
    cdnUrl: () => cdnAddress(where),
    stdin: readStdin,
    interactive: process.stdin.isTTY,
    output: terminal(),
  }
}

async function exiting(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

function terminal(): Output {
  const line = (text: string) => console.log(text)
  if (!process.stderr.isTTY) return { line }
  return { line, progress: (text) => process.stderr.write(`\r\u001B[2K${text}`) }
}
