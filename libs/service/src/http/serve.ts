import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import type { Logger } from '../process/log.ts'
import type { Checks } from './status.ts'

/** A listening server: its address without a trailing slash, and a function to close it. */
export interface Served {
  url: string
  close: () => Promise<void>
}

const graceMilliseconds = 1000

/**
 * Listens. `close` accepts no new requests, gives open ones a second, and then closes the remaining connections, such as
 * event streams, so that a stop is quick.
 *
 * @throws at once when the address is in use (EADDRINUSE)
 */
export async function serve(
  app: Pick<FastifyInstance, 'listen' | 'close' | 'server'>,
  settings: { HOST: string; PORT: number },
): Promise<Served> {
  const listening = await app.listen({ host: settings.HOST, port: settings.PORT })
  return {
    url: listening.replace('://[::]', '://127.0.0.1').replace('://0.0.0.0', '://127.0.0.1'),
    close: async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMilliseconds)
      await app.close()
      clearTimeout(cut)
    },
  }
}

/**
 * Serves `/ping` and `/status` for a process that only polls, and `/metrics` where it counts something.
 *
 * @param options.lastSignOfLife returns the time of the last successful poll
 * @param options.metrics writes the metrics in Prometheus' text format
 */
export async function startHealth(options: {
  host: string
  port: number
  name: string
  logger: Logger
  checks: Checks
  lastSignOfLife: () => Temporal.Instant
  metrics?: () => Promise<string>
}): Promise<Served> {
  const { host, port, metrics, ...rest } = options
  const app = await createApp(rest)
  if (metrics) {
    const schema = { hide: true }
    app.get('/metrics', { logLevel: 'silent', schema }, async (_, reply) =>
      reply.type('text/plain; version=0.0.4').send(await metrics()),
    )
  }
  return serve(app, { HOST: host, PORT: port })
}
