import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { Type } from 'typebox'
import { dashboardApi } from '../dashboard/dashboard-api.ts'
import { UserError } from '../errors/user-error.ts'
import { publishVersions, type Publication } from './publish.ts'
import { readVersions } from './versions.ts'

interface Options {
  readonly env: string
  readonly url?: string
  readonly data: string
  readonly why?: string
  readonly json: boolean
}

/** `continuum publish` and `continuum schedule`: what an editor does on the dashboard, under the same roles. */
export function publishingCommands(
  program: Command,
  base: string,
  dataOption: readonly [string, string, string],
): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<articles...>', 'ids such as 00353; publish takes a version, too: 00353v2')
      .option('--why <text>', 'the reason, for the activity log')
      .option('--json', 'print one JSON line per article', false)
      .option('--env <name>', 'the environment', 'local')
      .option('--url <url>', "the dashboard's address, where the environment has no domain")
      .option(...dataOption)

  command(
    'publish',
    'publish what is ready, and wait until it is public. Exits 0 when all are, 1 when one was refused or has failed',
  )
    .option('--force', 'also what is published, has failed or is being published', false)
    .option('--no-wait', 'do not wait until they are public')
    .action(async (articles: string[], options: Options & { force: boolean; wait: boolean }) => {
      const { versions, dashboard, signal } = await prepared(articles, { ...options, base })
      const results = await publishVersions(dashboard, versions, { ...options, signal })
      for (const result of results) console.log(options.json ? JSON.stringify(result) : lineOf(result))
      if (results.some(({ result }) => result === 'refused' || result === 'failed')) process.exitCode = 1
    })

  command('schedule', 'publish articles at a time, also before they have arrived; or no longer')
    .option('--at <instant>', 'when, such as 2026-12-24T09:00:00+01:00')
    .option('--cancel', 'take the schedule back', false)
    .action(async (articles: string[], options: Options & { at?: string; cancel: boolean }) => {
      const due = dueOf(options)
      const { versions, dashboard } = await prepared(articles, { ...options, base })
      for (const { id, version } of versions) {
        if (version !== undefined)
          throw new UserError(
            `${id}v${version}: a schedule is for an article, not for one version. Leave the version out.`,
          )
      }
      for (const { id } of versions) {
        const article = {
          'article-identifier': id,
          scheduled: due,
          ...(options.why !== undefined && { why: options.why }),
        }
        await dashboard.post('/api/schedule_article_publication', { article }, Type.Object({}))
        const at = due === null ? null : Temporal.Instant.fromEpochMilliseconds(due * 1000).toString()
        if (options.json) console.log(JSON.stringify({ id, scheduled: at }))
        else console.log(at === null ? `${id} is no longer scheduled` : `${id} will be published at ${at}`)
      }
    })
}

async function prepared(articles: readonly string[], options: Options & { base: string }) {
  const versions = readVersions(articles, journalsOf((await loadEnvironment(options.env)).journals))
  const stopAsked = new AbortController()
  process.once('SIGINT', () => stopAsked.abort())
  return { versions, dashboard: await dashboardApi(options), signal: stopAsked.signal }
}

/** Epoch seconds; null takes the schedule back. */
function dueOf({ at, cancel }: { readonly at?: string; readonly cancel: boolean }): number | null {
  if (cancel && at === undefined) return null
  if (cancel || at === undefined) throw new UserError('Give --at INSTANT or --cancel.')
  const instant = Date.parse(at)
  if (Number.isNaN(instant) || !/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(at)) {
    throw new UserError(
      `--at ${at} is no instant: give a date, a time and an offset, such as 2026-12-24T09:00:00+01:00.`,
    )
  }
  return Math.floor(instant / 1000)
}

const words: Readonly<Record<Publication['result'], string>> = {
  published: 'is public',
  requested: 'will be published',
  refused: 'REFUSED',
  failed: 'FAILED',
}

function lineOf({ id, version, result, message }: Publication): string {
  return `${id}${version === null ? '' : `v${version}`} ${words[result]}${message === '' ? '' : `: ${message}`}`
}
