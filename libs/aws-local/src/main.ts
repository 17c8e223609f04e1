#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander'
import { startAwsLocal } from './index.ts'

const command = new Command('aws-local')
  .description('SWF, SQS and S3 on this machine. Credentials: any; region: any.')
  .option('--port <number>', 'port to listen on', wholeNumber, 4566)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data <folder>', 'folder that keeps everything over restarts (default: a temporary one)')
  .option('--stop-with-parent', 'stop when standard input ends, as it does when the process that started this one dies')
  .parse()

const options = command.opts<{ port: number; host: string; data?: string; stopWithParent?: true }>()

const server = await startAwsLocal(options).catch((error: unknown) => {
  console.error(`aws-local could not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
console.log(`ready ${server.url}`)

const stop = () => void server.close().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (options.stopWithParent) process.stdin.resume().once('end', stop).once('error', stop)

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Must be a port number.')
  return Number(text)
}
