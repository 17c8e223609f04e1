import { Command, InvalidArgumentError, Option } from 'commander'
import { startStandIns, type StandIns, type StandInOptions } from './index.ts'

interface Options {
  port: number
  host: string
  data?: string
  answerAfter: number
  stopWithParent?: true
}

const command = new Command('stand-ins')
  .description(
    'Runs Crossref, DOAJ, Jisc Publications Router, an XML repository, an OpenID Connect provider, SFTP, FTP and SMTP on this machine.',
  )
  .addOption(
    new Option('--port <number>', 'first of four ports in a row: HTTP, SFTP, FTP, SMTP')
      .env('STANDINS_PORT')
      .default(4610)
      .argParser(wholeNumber),
  )
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data <folder>', 'folder for the files that arrive (default: a temporary folder, removed on exit)')
  .option('--answer-after <seconds>', 'seconds until Crossref decides about a deposit', wholeNumber, 2)
  .option('--stop-with-parent', 'stop when standard input is closed, which happens when the parent process dies')
  .parse()

const { answerAfter, stopWithParent, ...options } = command.opts<Options>()
const standIns = await start({ ...options, answerAfterSeconds: answerAfter })
console.log(`ready ${standIns.url}`)

const stop = () => void standIns.close().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (stopWithParent) process.stdin.resume().once('end', stop).once('error', stop)

/** Starts the servers, or prints the reason why they cannot start in one line. */
async function start(given: StandInOptions): Promise<StandIns> {
  try {
    return await startStandIns(given)
  } catch (error) {
    const { code, message }: { code?: unknown; message?: unknown } = Object(error)
    const reason =
      code === 'EADDRINUSE'
        ? `${String(message)}: stop the process that listens there, or choose other ports with --port or STANDINS_PORT.`
        : String(message)
    console.error(`stand-ins could not start: ${reason}`)
    return process.exit(1)
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number between 0 and 65535.')
  return Number(text)
}
