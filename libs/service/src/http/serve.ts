import type { FastifyInstance } from 'fastify'

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
