import { randomUUID } from 'node:crypto'
import type { Registry } from 'prom-client'
import { Type } from 'typebox'
import { createServer } from '../http/app.ts'
import { limitConnections } from '../http/connections.ts'
import { answerError, answerNotFound } from '../http/problem.ts'
import { serve, type Served } from '../http/serve.ts'
import { ProcessHealth } from '../health/process-health.ts'
import type { ServiceHealth } from '../health/service-health.ts'
import { takeStatus } from '../health/status.ts'
import type { Logger } from '../process/log.ts'
import { processMetrics } from './process-metrics.ts'
import { writeMetrics } from './write-metrics.ts'

/** A service of the process, as far as it has come. */
export interface RunningService {
  readonly health: ServiceHealth
  readonly isReady: boolean
}

/**
 * Serves the health of a process on a port of its own, which nothing routes to from outside: `/health` (the process and its services,
 * without asking anybody), `/metrics` (Prometheus) and `/<service>/status` (the checks of a service; 503 if one fails).
 *
 * @param options.name the name of the process: of its only service, or of all that share it
 * @param options.services the services that have been started so far
 */
export async function startHealthServer(options: {
  host: string
  port: number
  name: string
  version: string | undefined
  services: () => readonly RunningService[]
  logger: Logger
}): Promise<Served> {
  const { host, port, name, version, services, logger } = options
  const own = { name, registry: processMetrics(version), instance: randomUUID(), version }
  const startedAt = Temporal.Now.instant().subtract({ milliseconds: Math.round(process.uptime() * 1000) })
  const app = createServer(logger, undefined)
  limitConnections(app.server)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  app.addHook('onSend', async (_, reply) => void reply.header('cache-control', 'no-store'))
  const silent = { logLevel: 'silent' } as const
  app.get('/health', { ...silent, schema: { response: { 200: ProcessHealth } } }, async (_, reply) =>
    reply.send(healthOf(own, startedAt, services())),
  )
  app.get('/metrics', silent, async (_, reply) => {
    const healths = services().map(({ health }) => health)
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await writeMetrics({ name, registry: own.registry }, healths, logger))
  })
  const oneService = { params: Type.Object({ service: Type.String() }) }
  app.get('/:service/status', { ...silent, schema: oneService }, async (request, reply) => {
    const found = services().find(({ health }) => health.name === request.params.service)
    if (!found) return answerNotFound(request, reply)
    const status = await takeStatus(found.health, startedAt, logger)
    return reply.code(status.status === 'ok' ? 200 : 503).send(status)
  })
  return serve(app, { HOST: host, PORT: port })
}

function healthOf(
  own: { readonly instance: string; readonly version: string | undefined; readonly registry: Registry },
  startedAt: Temporal.Instant,
  services: readonly RunningService[],
): ProcessHealth {
  const { user, system } = process.cpuUsage()
  return {
    instance: own.instance,
    ...(own.version !== undefined && { version: own.version }),
    started_at: written(startedAt),
    memory_bytes: process.memoryUsage.rss(),
    cpu_seconds: (user + system) / 1e6,
    services: services.map(({ health, isReady }) => ({
      name: health.name,
      ready: isReady,
      pollers: health.pollers().map((poller) => ({
        name: poller.name,
        last_sign_of_life: written(poller.lastSignOfLife()),
      })),
    })),
  }
}

const written = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'millisecond' })
