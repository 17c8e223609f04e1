import { Type } from 'typebox'
import { createLogger } from '../process/log.ts'
import { releaseMemoryAtRest } from '../process/release-memory.ts'
import { startHealthServer, type RunningService } from './health-server.ts'
import { attempt, settingsPrefix, type Service, type Serving } from './service.ts'
import { ProcessSettings } from '../settings/shared-settings.ts'

const Process = Type.Object(ProcessSettings)

/** The part of a service that needs no knowledge of its settings. */
type Runnable = Pick<Service<never>, 'name' | 'prepare'>

/** The name of a process that several services share: in its log, beside theirs. */
const shared = 'services'

/**
 * Runs a service, or several in one process. Reads the settings (all problems in plain lines on standard error, exit code 2), starts the
 * services, and stops them on SIGTERM or SIGINT, or with STOP_WITH_PARENT=true when standard input ends: each calls its `onClose`
 * functions in reverse order, and the process exits after STOP_SECONDS in any case (code 1). A failed start is logged, closes everything
 * and exits 1; an uncaught error is logged and exits 1 at once, whichever service it is of.
 *
 * The process serves `/health` and `/metrics` of all of them at HEALTH_PORT, from before the first starts.
 *
 * A variable may be for one of several alone: `LAX_DATABASE_URL` for `lax`, before `DATABASE_URL`.
 *
 * @example
 * await runServices(defineService('lax', Type.Object({ ...HttpSettings }), async ({ settings, logger, onClose }) => {
 *   const { url, close } = await serve(await createApp({ name: 'lax', logger }), settings)
 *   onClose(close)
 *   return { url }
 * }))
 */
export async function runServices(...services: readonly Runnable[]): Promise<void> {
  const [only, another] = services
  const name = only && !another ? only.name : shared
  const prefixOf = (service: Runnable) => (another ? settingsPrefix(service.name) : '')
  const shell = attempt(Process, process.env)
  const prepared = services.map((service) => service.prepare(process.env, prefixOf(service)))
  const problems = new Set([
    ...prepared.flatMap((result, at) =>
      'problems' in result
        ? result.problems.map((problem) => `${another ? `${services[at]?.name}: ` : ''}${problem}`)
        : [],
    ),
    ...('problems' in shell ? shell.problems : []),
  ])
  if ('problems' in shell || problems.size > 0) {
    process.stderr.write(`${name}: invalid configuration (environment variables):\n`)
    for (const problem of problems) process.stderr.write(`  ${problem}\n`)
    process.exit(2)
  }
  const { LOG_LEVEL: level, STOP_SECONDS: seconds, STOP_WITH_PARENT: withParent } = shell.value
  const logger = createLogger({ service: name, level })
  // The state of the process is unknown then, so nothing is closed in order. Work in progress counts as an attempt, so a
  // message that crashes its consumer is not redelivered forever.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
  const stopping = new AbortController()
  const begun: Serving[] = []

  /** Repeated calls are ignored: a terminal's Ctrl-C and a supervisor's SIGTERM come together. */
  const end = async (code: number) => {
    if (stopping.signal.aborted) return
    setTimeout(() => {
      logger.error({ seconds }, 'shutdown timed out')
      process.exit(1)
    }, seconds * 1000)
    stopping.abort()
    const closed = await Promise.all(begun.map(({ stopped }) => stopped))
    process.exit(closed.every(Boolean) ? code : 1)
  }
  const stop = (reason: string) => {
    if (!stopping.signal.aborted) logger.info({ reason }, 'stopping')
    void end(0)
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  if (withParent) {
    process.stdin.on('end', () => stop('the parent process ended')).on('error', () => stop('the parent process ended'))
    process.stdin.resume()
  }
  releaseMemoryAtRest()
  const running: RunningService[] = []
  const { HEALTH_HOST: host, HEALTH_PORT: port, CONTINUUM_VERSION: version } = shell.value
  const healthPort = { host, port, name, version, services: () => running, logger }
  const served = await startHealthServer(healthPort).catch((error: unknown) => {
    logger.fatal({ err: error }, 'could not start: the health port cannot be listened on')
    process.exit(1)
  })
  if (stopping.signal.aborted) return
  for (const result of prepared) {
    if (!('serve' in result)) continue
    const serving = result.serve(stopping.signal, served.url)
    const service = { health: serving.health, isReady: false }
    begun.push(serving)
    running.push(service)
    serving.ready.then(
      () => (service.isReady = true),
      // It is logged, and ends the process below.
      () => undefined,
    )
  }
  await Promise.all(begun.map(({ ready }) => ready)).catch(() => end(1))
}
