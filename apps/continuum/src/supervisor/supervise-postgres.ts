import { spawn } from 'node:child_process'
import { createLogger, startEmbeddedPostgres, type EmbeddedPostgres } from '@continuum/service'
import { backOff, healthyAfter } from './back-off.ts'
import { linesKept, openLog, type Supervised, type SupervisorEvents } from './supervisor.ts'

/** The server to keep alive. */
export interface PostgresSpec {
  readonly dataDir: string
  readonly port: number
  readonly logLevel: Parameters<typeof createLogger>[0]['level']
  readonly logFile: string
}

const name = 'postgres'

/**
 * Starts the embedded PostgreSQL and keeps it alive as `supervise` does a process of ours: without a process in between. Its address is
 * told without the password: who may read the data directory asks `embeddedPostgresUrl`.
 */
export function supervisePostgres(spec: PostgresSpec, events: SupervisorEvents): Supervised {
  const { dataDir, port, logLevel: level, logFile } = spec
  const log = openLog(logFile)
  const lastLines: string[] = []
  const write = (line: string) => {
    log.write(line)
    lastLines.push(line.trimEnd())
    if (lastLines.length > linesKept) lastLines.shift()
  }
  const logger = createLogger({ service: name, level, stream: { write } })
  const ready = Promise.withResolvers<void>()
  const stopping = new AbortController()
  let server: EmbeddedPostgres | undefined
  let deaths = 0
  let restarts = -1
  let startedAt = new Date()

  const runOnce = async (): Promise<string> => {
    restarts++
    startedAt = new Date()
    try {
      const started = await startEmbeddedPostgres({ dataDir, port, logger })
      await using _ = endWith(started.pid)
      server = started
      ready.resolve()
      events.changed()
      // It was asked to stop while it was being started.
      if (stopping.signal.aborted) await started.stop()
      await started.ended
      return 'the server ended'
    } catch (error) {
      logger.fatal({ err: error }, 'could not start')
      return error instanceof Error ? error.message : String(error)
    } finally {
      server = undefined
    }
  }
  const keepAlive = async () => {
    while (!stopping.signal.aborted) {
      const how = await runOnce()
      if (stopping.signal.aborted) return
      deaths = Date.now() - startedAt.getTime() > healthyAfter ? 1 : deaths + 1
      const { delay, crashLooping } = backOff(deaths)
      events.died(name, how, delay, crashLooping, lastLines)
      events.changed()
      await pauseFor(delay, stopping.signal)
    }
  }
  const over = keepAlive()
  return {
    name,
    ready: ready.promise,
    states: () => [
      {
        name,
        ...(server && { pid: server.pid }),
        url: `postgres://127.0.0.1:${port}`,
        ready: server !== undefined,
        restarts,
        startedAt: startedAt.toISOString(),
      },
    ],
    stop: async () => {
      stopping.abort()
      await server?.stop()
      await over
      log.end()
    },
  }
}

/**
 * Ends the server when this process ends, however it ends: a shell waits for the end of its input, which is that of this process.
 * Disposing of it ends the shell.
 */
function endWith(pid: number): AsyncDisposable {
  const shell = spawn('/bin/sh', ['-c', `read -r line; kill -INT ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const gone = Promise.withResolvers<void>()
  shell.once('error', () => gone.resolve()).once('exit', () => gone.resolve())
  shell.stdin.on('error', () => {})
  return {
    [Symbol.asyncDispose]: async () => {
      shell.kill('SIGKILL')
      await gone.promise
    },
  }
}

async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
  clearTimeout(timer)
}
