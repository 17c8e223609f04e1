import { Type, type Static, type TObject } from 'typebox'
import { createLogger, type Logger } from './log.ts'
import { readSettings, SettingsError } from '../settings/settings.ts'
import { ProcessSettings } from '../settings/shared-settings.ts'
import { createStopper } from './stopper.ts'

const Process = Type.Object(ProcessSettings)

/** The arguments of a service's start function. */
export interface Start<Settings> {
  settings: Settings
  logger: Logger
  /** Aborted when the process is told to stop, before any `onClose` function runs. */
  signal: AbortSignal
  /** Registers a function to call when the process stops; the last registered is called first. */
  onClose: (close: () => unknown) => void
}

/**
 * Runs a service. Reads the settings (all problems in plain lines on standard error, exit code 2), starts the service,
 * writes one log line `{"event":"ready","service":...,"url":...}` whatever the log level, and stops on SIGTERM or SIGINT,
 * or with STOP_WITH_PARENT=true when standard input ends: it calls the `onClose` functions in reverse order, and exits
 * after STOP_SECONDS in any case (code 1). A failed start is logged, closes everything and exits 1; an uncaught error is
 * logged and exits 1 at once.
 *
 * @example
 * await runService('lax', Type.Object({ ...HttpSettings }), async ({ settings, logger, onClose }) => {
 *   const { url, close } = await serve(await createApp({ name: 'lax', logger }), settings)
 *   onClose(close)
 *   return { url }
 * })
 */
export async function runService<Schema extends TObject>(
  name: string,
  schema: Schema,
  start: (given: Start<Static<Schema>>) => Promise<{ url?: string }>,
): Promise<void> {
  const [service, shell] = [attempt(schema), attempt(Process)]
  if ('problems' in service || 'problems' in shell) {
    const problems = [service, shell].flatMap((result) => ('problems' in result ? result.problems : []))
    process.stderr.write(`${name}: invalid configuration (environment variables):\n`)
    for (const problem of new Set(problems)) process.stderr.write(`  ${problem}\n`)
    process.exit(2)
  }
  const logger = createLogger({ service: name, level: shell.value.LOG_LEVEL })
  const stopper = createStopper({ logger, seconds: shell.value.STOP_SECONDS, exit: (code) => process.exit(code) })

  process.on('SIGTERM', () => stopper.stop('SIGTERM'))
  process.on('SIGINT', () => stopper.stop('SIGINT'))
  // The state of the process is unknown then, so nothing is closed in order. Work in progress counts as an attempt, so a
  // message that crashes its consumer is not redelivered forever.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
  if (shell.value.STOP_WITH_PARENT) {
    process.stdin
      .on('end', () => stopper.stop('the parent process ended'))
      .on('error', () => stopper.stop('the parent process ended'))
    process.stdin.resume()
  }
  try {
    const { url } = await start({ settings: service.value, logger, signal: stopper.signal, onClose: stopper.onClose })
    logger.child({}, { level: 'info' }).info({ event: 'ready', url }, 'ready')
  } catch (error) {
    if (!stopper.signal.aborted) stopper.fail(error, 'could not start')
  }
}

function attempt<Schema extends TObject>(schema: Schema): { value: Static<Schema> } | { problems: readonly string[] } {
  try {
    return { value: readSettings(schema, process.env) }
  } catch (error) {
    if (error instanceof SettingsError) return { problems: error.problems }
    throw error
  }
}
