import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { Command, InvalidArgumentError, Option } from 'commander'
import { parseKeys, startAwsLocal, type AwsLocal } from './index.ts'

interface Options {
  port: number
  host: string
  data?: string
  keys?: string
  stopWithParent?: true
}

const command = new Command('aws-local')
  .description(
    'Runs Amazon SWF, SQS and S3 on this machine, on one port. Accepts any region and, without --keys, any credentials.',
  )
  .option('--port <number>', 'port to listen on', wholeNumber, 4566)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data <folder>', 'folder in which data survives restarts (default: a temporary folder, removed on exit)')
  .addOption(
    new Option(
      '--keys <file>',
      'JSON file of access key ids and secrets; signatures are then verified, and other keys rejected',
    ).env('AWS_LOCAL_KEYS'),
  )
  .option('--stop-with-parent', 'stop when standard input is closed, which happens when the parent process dies')
  .parse()

const options = command.opts<Options>()
const server = await start(options)
console.log(`ready ${server.url}`)
// Now rather than at exit, which a kill would prevent.
flushCompileCache()

const stop = () => void server.close().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (options.stopWithParent) process.stdin.resume().once('end', stop).once('error', stop)

/** Starts the server, or prints the reason why it cannot start in one line. */
async function start({ keys, ...rest }: Options): Promise<AwsLocal> {
  try {
    const known = keys === undefined ? {} : { keys: parseKeys(readFileSync(keys, 'utf8')) }
    return await startAwsLocal({ ...rest, ...known })
  } catch (error) {
    console.error(`aws-local could not start: ${error instanceof Error ? reasonOf(error, rest) : String(error)}`)
    return process.exit(1)
  }
}

/** The reason of an error and what to do about it. */
function reasonOf(error: Error & { code?: unknown; syscall?: unknown }, { port, host, data }: Options): string {
  if (error.code === 'EADDRINUSE')
    return `port ${port} of ${host} is already in use: stop the process that listens there, or choose another port with --port.`
  if (error.syscall === 'listen') return `cannot listen on port ${port} of ${host}: ${error.message}`
  if (error.syscall === 'mkdir' || error.code === 'ERR_SQLITE_ERROR')
    return `cannot write to ${data ?? 'a temporary folder'}: ${error.message}`
  return error.message
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Expected a port number between 0 and 65535.')
  return Number(text)
}
