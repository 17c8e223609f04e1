import { createReadStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { createClients, namesOf } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import { localAwsVariables } from '../local/running-aws.ts'
import { ClosedDays, metricsClient, Rebuilt, TakenHistory, TakenLog, type MetricsClient } from './metrics-client.ts'
import { closedText, historyText, logText } from './usage-text.ts'

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
    .argument('<files...>', 'files, or s3://bucket/key; a key that ends in / or is empty means all below it')
    .action(async (files: string[], options: Options) => {
      const client = metricsClient({ ...options, base })
      for (const file of files) {
        for await (const log of logsAt(file, options, base)) console.log(logText(await takeLog(client, log)))
      }
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
    .argument('[files...]', "its logs; default: all of the environment's log bucket")
    .option('--force', 'although usage of the site, of which there is no log, is lost', false)
    .action(async (day: string, files: string[], options: Options & { force: boolean }) => {
      const client = metricsClient({ ...options, base })
      const path = `/usage/days/${dayOf(day)}/rebuild${options.force ? '?force=true' : ''}`
      const { reopened, recounted } = await client.send(Rebuilt, 'POST', path)
      if (!reopened) return console.log(`${day} is open: ${recounted} of its articles were counted again.`)
      const { buckets } = namesOf(await loadEnvironment(options.env))
      for (const file of files.length > 0 ? files : [`s3://${buckets.logs}/`]) {
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

interface LogFile {
  name: string
  content: Readable
}

function takeLog(client: MetricsClient, { name, content }: LogFile, onlyDay?: string) {
  const query = new URLSearchParams({ name, ...(onlyDay !== undefined && { 'only-day': onlyDay }) })
  return client.send(TakenLog, 'POST', `/usage/logs?${query.toString()}`, content)
}

/** Opens the log files that an argument names, one after the other. */
async function* logsAt(file: string, options: Options, base: string): AsyncGenerator<LogFile> {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(file) ?? []
  if (bucket === undefined) {
    yield { name: basename(file), content: createReadStream(resolve(base, file)) }
    return
  }
  const environment = await loadEnvironment(options.env)
  if (environment.name === 'local') Object.assign(process.env, localAwsVariables(options.data, base))
  const { s3 } = createClients({ region: environment.region })
  const keys = key === '' || key.endsWith('/') ? await keysBelow(s3, bucket, key) : [key]
  if (keys.length === 0) throw new UserError(`There is no log file at ${file}.`)
  for (const each of keys) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: each }))
    if (Body instanceof Readable) yield { name: `s3://${bucket}/${each}`, content: Body }
  }
}

async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []))
  }
  return keys
}

function dayOf(text: string): string {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return Temporal.PlainDate.from(text).toString()
  } catch {
    // Said below.
  }
  throw new UserError(`${text} is not a day; expected one such as 2026-01-31.`)
}
