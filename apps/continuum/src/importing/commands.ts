import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import { InvalidArgumentError, type Command } from 'commander'
import { recordOnDashboard } from '../dashboard/record.ts'
import { oneLine } from '../errors/one-line.ts'
import { UserError } from '../errors/user-error.ts'
import { askingAws } from '../local/running-aws.ts'
import { importArticles, type Imported } from './import-articles.ts'
import { readImportList } from './import-list.ts'
import { exitCodeOf, lineOf, summaryOf } from './import-text.ts'
import { importTarget } from './import-target.ts'
import { packageSource } from './package-source.ts'

interface Options {
  readonly packages?: string
  readonly deposits: boolean
  readonly atOnce: number
  readonly json: boolean
  readonly env: string
  readonly dashboardUrl?: string
  readonly laxUrl?: string
  readonly data: string
}

/** `continuum import articles`: a journal's published articles, under their own versions and dates. */
export function importCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  program
    .command('import')
    .description('move a journal in')
    .command('articles')
    .description(
      'import published articles by a list (CSV or JSON: package, version, published); what is public already is kept, so it may be interrupted and begun again. Exits 1 when something was not imported, 130 when it was interrupted',
    )
    .argument('<list>', 'the file of the list')
    .option('--packages <place>', 'where the packages are: a folder, or s3://bucket/prefix; by default beside the list')
    .option('--deposits', 'plan deposits of them, too: recipients and authors get what is new to them', false)
    .option('--at-once <number>', 'articles that are under way at once', atOnce, 8)
    .option('--json', 'print one JSON line per version', false)
    .option('--env <name>', 'the environment', 'local')
    .option('--dashboard-url <url>', "the dashboard's address, where the environment has no domain")
    .option('--lax-url <url>', "the article store's address, where the environment has no domain")
    .option(...dataOption)
    .action(async (list: string, options: Options) => {
      process.exitCode = await run(list, options, base)
    })
}

function atOnce(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 100) return number
  throw new InvalidArgumentError('It is a number from 1 to 100.')
}

async function run(list: string, options: Options, base: string): Promise<number> {
  const path = resolve(base, list)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`${list} cannot be read: ${oneLine(error)}`)
  })
  const where = { ...options, base }
  const { articles, refused } = readImportList(text, journalsOf((await loadEnvironment(options.env)).journals))
  const stopAsked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopAsked.abort())
  const results: Imported[] = []
  const tty = process.stderr.isTTY
  await askingAws(where, async (aws) => {
    const target = await importTarget(where, aws)
    const { signal } = stopAsked
    const source = packageSource(options.packages ?? dirname(path), aws.clients.s3, base, { signal })
    const clear = () => void (tty && process.stderr.write('\r\u001B[2K'))
    await importArticles(
      { articles, refused },
      {
        source,
        target,
        deposits: options.deposits,
        atOnce: options.atOnce,
        signal,
        onRetry: (reason, milliseconds) => {
          clear()
          console.warn(`${reason}; again in ${milliseconds / 1000} s`)
        },
        done: (imported, count, all) => {
          results.push(imported)
          clear()
          if (options.json) console.log(JSON.stringify(imported))
          else if (imported.result !== 'kept') console.log(lineOf(imported))
          if (tty) process.stderr.write(`${count} of ${all}`)
        },
      },
    )
  })
  if (tty) process.stderr.write('\r\u001B[2K')
  const summary = summaryOf(results)
  if (!options.json) console.log(summary)
  await recordOnDashboard(where, { action: 'import articles', detail: `${list}: ${summary}` }, console.warn)
  return exitCodeOf(results, stopAsked.signal.aborted)
}
