import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { createClients, queueUrl } from '@continuum/aws-resources'
import { encodeMessage } from '@continuum/messages'
import { feed, type Context, type SendBatch } from './feed.ts'
import { listObjects } from './listing.ts'
import { readOptions, type Options } from './options.ts'
import type { Output } from './output.ts'
import { createReporter } from './reporter.ts'

/** The exit codes, for scripts. */
const exitCodes = {
  fed: 0,
  impossible: 1,
  usage: 2,
  nothingMatched: 3,
  someFailed: 4,
  interrupted: 130,
} as const

interface CommandContext extends Context, Output {
  env: Readonly<Record<string, string | undefined>>
}

/** Runs the command: reads its arguments, feeds, and returns the exit code. It never throws. */
export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const options = readOptions(args, context)
  if ('exitCode' in options) return options.exitCode
  const region = context.env['AWS_REGION'] ?? context.env['AWS_DEFAULT_REGION']
  if (!region) {
    context.err('No AWS region: set AWS_REGION (or AWS_DEFAULT_REGION), for example to us-east-1\n')
    return exitCodes.impossible
  }
  try {
    return await feedFrom(options, region, context)
  } catch (error) {
    context.err(`${explain(error, options)}\n`)
    return exitCodes.impossible
  }
}

async function feedFrom(options: Options, region: string, context: CommandContext): Promise<number> {
  const { s3, sqs } = createClients({ region })
  try {
    const url = options.mode === 'count' ? '' : await queueUrl(sqs, options.queue)
    const reporter = createReporter(options, context)
    reporter.begin()
    const tally = await feed(listObjects(s3, options), options, sendTo(sqs, url), reporter, context)
    reporter.end(tally)
    if (tally.interrupted) return exitCodes.interrupted
    if (tally.failed > 0) return exitCodes.someFailed
    return tally.fed === 0 ? exitCodes.nothingMatched : exitCodes.fed
  } finally {
    s3.destroy()
    sqs.destroy()
  }
}

/** Sends messages to a queue; of a batch, SQS may take some and refuse others. */
function sendTo(sqs: SQSClient, url: string): SendBatch {
  return async (messages) => {
    const Entries = messages.map((message, index) => ({ Id: `${index}`, MessageBody: encodeMessage(message) }))
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
    const failures = new Map(Failed.map(({ Id, Code, Message }) => [Id, new Error(Message ?? Code)]))
    return Entries.map(({ Id }) => failures.get(Id))
  }
}

function explain(error: unknown, { bucket }: Options): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'NoSuchBucket') return `No such bucket: ${bucket}`
  if (error.name === 'CredentialsProviderError') {
    return `No credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (${error.message})`
  }
  return error.message || error.name
}
