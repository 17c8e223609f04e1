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
  .description('SWF, SQS and S3 on this machine. Credentials: any, unless there is a file of keys; region: any.')
  .option('--port <number>', 'port to listen on', wholeNumber, 4566)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data <folder>', 'folder that keeps everything over restarts (default: a temporary one)')
  .addOption(
    new Option(
      '--keys <file>',
      'JSON file of access key ids and their secrets; signatures are then checked, and others refused',
    ).env('AWS_LOCAL_KEYS'),
  )
  .option('--stop-with-parent', 'stop when standard input ends, as it does when the process that started this one dies')
  .parse()

const options = command.opts<Options>()
const server = await start(options)
console.log(`ready ${server.url}`)
// Now, not at the exit, which a kill would forestall.
flushCompileCache()

const stop = () => void server.close().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (options.stopWithParent) process.stdin.resume().once('end', stop).once('error', stop)

/** Starts, or says in one line why that can't be. */
async function start({ keys, ...rest }: Options): Promise<AwsLocal> {
  try {
    const known = keys === undefined ? {} : { keys: parseKeys(readFileSync(keys, 'utf8')) }
    return await startAwsLocal({ ...rest, ...known })
  } catch (error) {
    console.error(`aws-local could not start: ${error instanceof Error ? reasonOf(error, rest) : String(error)}`)
    return process.exit(1)
  }
}

/** What an operator can do about it. */
function reasonOf(error: Error & { code?: unknown; syscall?: unknown }, { port, host, data }: Options): string {
  if (error.code === 'EADDRINUSE')
    return `port ${port} of ${host} is taken: stop what listens there, or choose another with --port.`
  if (error.syscall === 'listen') return `can't listen on port ${port} of ${host}: ${error.message}`
  if (error.syscall === 'mkdir' || error.code === 'ERR_SQLITE_ERROR')
    return `can't keep anything in ${data ?? 'a temporary folder'}: ${error.message}`
  return error.message
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Must be a port number.')
  return Number(text)
}
