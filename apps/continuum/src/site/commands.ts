import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { askingAws } from '../local/running-aws.ts'
import { rebuildSite, type SiteRebuilt } from './rebuild-site.ts'
import { siteAddress } from './site-address.ts'
import { tellDashboard, tellWithdrawn } from './tell-dashboard.ts'

interface Options {
  readonly env: string
  readonly url?: string
  readonly data: string
  readonly dryRun: boolean
  readonly json: boolean
}

/** `continuum site rebuild`: the journal's site, and the dashboard's list of what is published, from the archive bucket. */
export function siteCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  program
    .command('site')
    .description('the journal’s site')
    .command('rebuild')
    .description(
      'make the site again from the archive bucket, with the dates kept, and tell the dashboard what is published; may be repeated. Exits 1 when something could not be made',
    )
    .option('--env <name>', 'the environment', 'local')
    .option('--url <url>', "the site's address, where the environment has no domain")
    .option('--dry-run', 'say what would be made, and change nothing', false)
    .option('--json', 'print one JSON line per archive', false)
    .option(...dataOption)
    .action(async (options: Options) => {
      const where = { ...options, base }
      const journals = journalsOf((await loadEnvironment(options.env)).journals)
      const site = await siteAddress(where)
      const results: SiteRebuilt[] = []
      await askingAws(where, (aws) =>
        rebuildSite({
          s3: aws.clients.s3,
          bucket: aws.names.buckets.archive,
          journals,
          site,
          dryRun: options.dryRun,
          tell: (archive, version) => tellDashboard(aws, archive, version),
          tellWithdrawn: (mark, why) => tellWithdrawn(aws, mark, why),
          done: (rebuilt, count, all) => {
            results.push(rebuilt)
            if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
            if (options.json) console.log(JSON.stringify(rebuilt))
            else if (rebuilt.result !== 'kept') console.log(lineOf(rebuilt))
            if (process.stderr.isTTY) process.stderr.write(`${count} of ${all}`)
          },
        }),
      )
      if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
      if (!options.json) console.log(summaryOf(results, options.dryRun))
      if (results.some(isMissing)) process.exitCode = 1
    })
}

const isMissing = ({ result }: SiteRebuilt) => result === 'failed' || result === 'unknown'

function lineOf(rebuilt: SiteRebuilt): string {
  const { key, result, article, version, reason } = rebuilt
  if (isMissing(rebuilt)) return `${key} NOT made: ${reason}`
  return `${key} ${result}: ${version === undefined ? `mark of article ${article}` : `article ${article} version ${version}`}`
}

function summaryOf(results: readonly SiteRebuilt[], dryRun: boolean): string {
  const count = (wanted: (rebuilt: SiteRebuilt) => boolean) => results.filter(wanted).length
  const made = `${count(({ result }) => result === 'made')} ${dryRun ? 'would be made' : 'made'}`
  return `${results.length} archives and marks: ${made}, ${count(({ result }) => result === 'kept')} there already, ${count(isMissing)} not made.`
}
