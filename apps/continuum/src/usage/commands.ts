import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { namesOf, resourcesOf } from '@continuum/aws-resources'
import { loadEnvironment, storageChoices, type Environment } from '@continuum/environments'
import type { Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import { logsAt, takeLog } from './logs.ts'
import { ClosedDays, metricsClient, Rebuilt, TakenHistory } from './metrics-client.ts'
import { addLog, closedText, historyText, logText, noLogs, notTaken, totalsText } from './usage-text.ts'

interface Options {
  readonly env: string
  readonly url?: string
  readonly data: string
}

/** `continuum metrics`: log files and history into the usage counter, and the days that are closed or counted again. */
export function usageCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const metrics = program.command('metrics').description('usage of articles: log files, history, and its days')
  const about = (name: string, description: string) =>
    metrics
      .command(name)
      .description(description)
      .option('--env <name>', 'the environment', 'local')
      .option('--url <address>', 'its usage counter, with the token in METRICS_TOKEN; default: the one that runs here')
      .option(...dataOption)

  about('import', 'count CloudFront log files, plain or gzip; a file again changes nothing')
    .argument(
      '<files...>',
      'files, folders with all below them, or s3://bucket/key (a key that ends in / or is empty: all below it)',
    )
    .action(async (files: string[], options: Options) => {
      const client = metricsClient({ ...options, base })
      const totals = noLogs()
      for (const file of files) {
        for await (const log of logsAt(file, options, base)) {
          const taken = await takeLog(client, log).catch((error: unknown) => notTaken(log.name, error))
          addLog(totals, taken)
          console.log('problem' in taken ? `${log.name}: NOT TAKEN: ${taken.problem}` : logText(taken))
        }
      }
      if (totals.files > 1) console.log(totalsText(totals))
      if (totals.failed > 0) process.exitCode = 1
    })

  about('close', 'close a day: its numbers stay, its events and the key of its readers are destroyed')
    .argument('<day>', 'such as 2026-01-31')
    .action(async (day: string, options: Options) => {
      const client = metricsClient({ ...options, base })
      if (dayOf(day) === Temporal.Now.plainDateISO('UTC').toString()) {
        console.log(`${day} is not over (UTC): what is read later today is not counted.`)
      }
      console.log(closedText(day, await client.send(ClosedDays, 'POST', `/usage/days/${dayOf(day)}/close`)))
    })

  about('rebuild', 'count a day again: an open day from its events, a closed one from all its raw logs')
    .argument('<day>', 'such as 2026-01-31')
    .argument('[files...]', "its logs; default: all in the environment's log bucket of which usage is counted")
    .option('--force', 'although usage of the site, of which there is no log, is lost', false)
    .action(async (day: string, files: string[], options: Options & { force: boolean }) => {
      const client = metricsClient({ ...options, base })
      const path = `/usage/days/${dayOf(day)}/rebuild${options.force ? '?force=true' : ''}`
      const { reopened, recounted } = await client.send(Rebuilt, 'POST', path)
      if (!reopened) return console.log(`${day} is open: ${recounted} of its articles were counted again.`)
      const environment = await loadEnvironment(options.env)
      for (const file of files.length > 0 ? files : countedLogs(environment)) {
        for await (const log of logsAt(file, options, base)) {
          const taken = await takeLog(client, log, day)
          if (taken.counted > 0) console.log(logText(taken))
        }
      }
      console.log(closedText(day, await client.send(ClosedDays, 'POST', `/usage/days/${day}/close`)))
    })

  about('history', 'keep the usage that another system counted: a CSV of Google Analytics, or of article,date,full...')
    .argument('<file>', 'a CSV file, plain or gzip')
    .action(async (file: string, options: Options) => {
      const content = createReadStream(resolve(base, file))
      const taken = await metricsClient({ ...options, base }).send(TakenHistory, 'POST', '/usage/history', content)
      console.log(historyText(file, taken))
    })
}

/** The logs of an environment of which usage is counted. */
function countedLogs(environment: Environment): string[] {
  const { notifications } = resourcesOf(namesOf(environment), storageChoices(environment))
  const { bucket, prefixes = [''] } = notifications.logs
  return prefixes.map((prefix) => `s3://${bucket}/${prefix}`)
}

function dayOf(text: string): string {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return Temporal.PlainDate.from(text).toString()
  } catch {
    // Said below.
  }
  throw new UserError(`${text} is not a day; expected one such as 2026-01-31.`)
}
