import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import type { Logger } from '../process/log.ts'
import type { Checks } from './status.ts'

/** A listening server: its address without a trailing slash, and how to end it. */
export interface Served {
  url: string
  close: () => Promise<void>
}

const graceMilliseconds = 1000

/**
 * Listens. `close` takes no new requests, gives those under way one second and then cuts what is left, such as open event
 * streams, so that stopping is quick.
 *
 * @throws when the address is taken (EADDRINUSE), at once
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
 * `/ping` and `/status` for a process that only polls.
 *
 * @param options.lastSignOfLife when it last heard from what it polls
 */
export async function startHealth(options: {
  host: string
  port: number
  name: string
  logger: Logger
  checks: Checks
  lastSignOfLife: () => Temporal.Instant
}): Promise<Served> {
  const { host, port, ...rest } = options
  return serve(await createApp(rest), { HOST: host, PORT: port })
}
