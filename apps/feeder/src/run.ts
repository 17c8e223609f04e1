import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { createClients, queueUrl } from '@continuum/aws-resources'
import { encodeMessage } from '@continuum/messages'
import { feed, type World } from './feed.ts'
import { listObjects } from './listing.ts'
import { readOptions, type Options } from './options.ts'
import type { Output } from './output.ts'
import { createReporter } from './reporter.ts'

/** How a feed ends; scripts go by it. */
const exitCodes = {
  fed: 0,
  impossible: 1,
  usage: 2,
  nothingMatched: 3,
  someFailed: 4,
  interrupted: 130,
} as const

interface Surroundings extends World, Output {
  env: Readonly<Record<string, string | undefined>>
}

/** The command: reads its arguments, feeds, and answers with the exit code. It throws nothing. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = readOptions(args, surroundings)
  if ('exitCode' in options) return options.exitCode
  const region = surroundings.env['AWS_REGION'] ?? surroundings.env['AWS_DEFAULT_REGION']
  if (!region) {
    surroundings.err('No region: set AWS_REGION (or AWS_DEFAULT_REGION), such as us-east-1\n')
    return exitCodes.impossible
  }
  try {
    return await feedFrom(options, region, surroundings)
  } catch (error) {
    surroundings.err(`${explain(error, options)}\n`)
    return exitCodes.impossible
  }
}

async function feedFrom(options: Options, region: string, surroundings: Surroundings): Promise<number> {
  const { s3, sqs } = createClients({ region })
  try {
    const url = options.mode === 'count' ? '' : await queueUrl(sqs, options.queue)
    const send = async (message: object) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: encodeMessage(message) }))
    }
    const reporter = createReporter(options, surroundings)
    reporter.begins()
    const tally = await feed(listObjects(s3, options), options, send, reporter, surroundings)
    reporter.ends(tally)
    if (tally.interrupted) return exitCodes.interrupted
    if (tally.failed > 0) return exitCodes.someFailed
    return tally.fed === 0 ? exitCodes.nothingMatched : exitCodes.fed
  } finally {
    s3.destroy()
    sqs.destroy()
  }
}

function explain(error: unknown, { bucket }: Options): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'NoSuchBucket') return `There is no bucket ${bucket}`
  if (error.name === 'CredentialsProviderError') {
    return `No credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (${error.message})`
  }
  return error.message || error.name
}
