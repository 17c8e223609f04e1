import { Type, type Static, type TObject } from 'typebox'
import { createServiceHealth, type ServiceHealth } from '../health/service-health.ts'
import { createLogger, type Logger } from '../process/log.ts'
import { readSettings, SettingsError } from '../settings/settings.ts'
import { ProcessSettings } from '../settings/shared-settings.ts'

const Process = Type.Object(ProcessSettings)
type Process = Static<typeof Process>

/** The arguments of a service's start function. */
export interface Start<Settings> {
  settings: Settings
  logger: Logger
  /** Aborted when the service is told to stop, before any `onClose` function runs. */
  signal: AbortSignal
  /** The health of the service, which the health port of its process tells. */
  health: ServiceHealth
  /** Registers a function to call when the service stops; the last registered is called first. */
  onClose: (close: () => unknown) => void
}

/** A service that has been started. */
export interface Serving {
  readonly health: ServiceHealth
  /** Settles when it answers; rejects when it could not start, which is logged. */
  readonly ready: Promise<{ url?: string }>
  /** Settles when everything is closed, after its signal aborted or its start failed; false if something would not close. */
  readonly stopped: Promise<boolean>
}

/** A service that runs in a process of its own, or shares one with others: it has its own settings, log and things to close. */
export interface Service<Settings> {
  readonly name: string
  /** The names of its settings. */
  readonly settings: readonly string[]
  /**
   * Starts it, and stops it when the signal aborts. Writes a log line `{"event":"ready","service":...,"url":...}` whatever the log level.
   *
   * @param healthUrl the health port of its process, if it has one: a service without an address of its own is found there
   */
  readonly serve: (settings: Settings & Process, signal: AbortSignal, healthUrl?: string) => Serving
  /** Reads its settings from environment variables, and starts it with them later. */
  readonly prepare: (
    env: Environment,
    prefix: string,
  ) => { serve: (signal: AbortSignal, healthUrl?: string) => Serving } | Problems
}

type Environment = Readonly<Record<string, string | undefined>>

/** The sentences that say what is wrong with settings. */
interface Problems {
  readonly problems: readonly string[]
}

/**
 * Begins the names of environment variables that are for one service alone, where several share a process: `lax-adaptor` prefers
 * `LAX_ADAPTOR_DATABASE_URL` to `DATABASE_URL`.
 */
export const settingsPrefix = (service: string): string => `${service.toUpperCase().replaceAll('-', '_')}_`

/**
 * Defines a service by its name, the schema of its settings and the function that starts it. That function best imports what it needs
 * when it is called: whoever names a service has not loaded it then.
 *
 * @example
 * export const lax = defineService('lax', LaxSettings, async (start) => (await import("./start-lax.ts")).startLax(start))
 */
export function defineService<Schema extends TObject>(
  name: string,
  schema: Schema,
  start: (given: Start<Static<Schema>>) => Promise<{ url?: string }>,
): Service<Static<Schema>> {
  const serve: Service<Static<Schema>>['serve'] = (settings, stop, healthUrl) => {
    const health = createServiceHealth(name)
    const logger = createLogger({ service: name, level: settings.LOG_LEVEL })
    const failed = new AbortController()
    const signal = AbortSignal.any([stop, failed.signal])
    const closing = createClosing(logger)
    const stopped = Promise.withResolvers<boolean>()
    // After all other listeners of the signal.
    const close = () => queueMicrotask(() => void closing.close().then(stopped.resolve))
    if (signal.aborted) close()
    else signal.addEventListener('abort', close, { once: true })
    const ready = async () => {
      try {
        const started = await start({ settings, logger, signal, health, onClose: closing.onClose })
        const url = started.url ?? (healthUrl === undefined ? undefined : `${healthUrl}/${name}`)
        logger.child({}, { level: 'info' }).info({ event: 'ready', url }, 'ready')
        return url === undefined ? {} : { url }
      } catch (error) {
        if (!signal.aborted) logger.fatal({ err: error }, 'could not start')
        failed.abort()
        throw error
      }
    }
    return { health, ready: ready(), stopped: stopped.promise }
  }
  const prepare: Service<Static<Schema>>['prepare'] = (env, prefix) => {
    const own = (schemas: TObject) =>
      Object.fromEntries(Object.keys(schemas.properties).map((key) => [key, env[`${prefix}${key}`] ?? env[key]]))
    const [settings, shell] = [attempt(schema, own(schema)), attempt(Process, own(Process))]
    if ('value' in settings && 'value' in shell) {
      const value = { ...settings.value, ...shell.value }
      return { serve: (signal, healthUrl) => serve(value, signal, healthUrl) }
    }
    return { problems: [settings, shell].flatMap((result) => ('problems' in result ? result.problems : [])) }
  }
  const names = new Set([schema, Process].flatMap(({ properties }) => Object.keys(properties)))
  return { name, settings: [...names], serve, prepare }
}

/** Closes in reverse order what was registered; what is registered after that is closed at once. */
function createClosing(logger: Logger) {
  const closers: (() => unknown)[] = []
  let isClosed = false
  const closeOne = async (closer: () => unknown): Promise<boolean> => {
    try {
      await closer()
      return true
    } catch (error) {
      logger.error({ err: error }, 'an error occurred during shutdown')
      return false
    }
  }
  return {
    onClose: (closer: () => unknown) => {
      if (isClosed) void closeOne(closer)
      else closers.push(closer)
    },
    close: async () => {
      let closedAll = true
      for (let closer = closers.pop(); closer; closer = closers.pop()) closedAll = (await closeOne(closer)) && closedAll
      isClosed = true
      logger.info('stopped')
      return closedAll
    },
  }
}

/** Reads settings, or says what is wrong with them. */
export function attempt<Schema extends TObject>(
  schema: Schema,
  env: Environment,
): { value: Static<Schema> } | Problems {
  try {
    return { value: readSettings(schema, env) }
  } catch (error) {
    if (error instanceof SettingsError) return { problems: error.problems }
    throw error
  }
}
