import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'

/** A port on which the client fetches or brings one file. */
export interface DataChannel {
  readonly port: number
  /** The client's connection. */
  readonly socket: () => Promise<Socket>
  readonly close: () => void
}

/** Opens a port for one data connection. */
export async function openDataChannel({
  host,
  context,
  secure,
}: {
  host: string
  context: SecureContext
  secure: boolean
}): Promise<DataChannel> {
  const server = createServer()
  const arrived = Promise.withResolvers<Socket>()
  // Nobody may be waiting for it.
  arrived.promise.catch(() => {})
  let opened: Socket | undefined
  server.once('connection', (socket) => {
    server.close()
    opened = secure ? new TLSSocket(socket, { isServer: true, secureContext: context }) : socket
    opened.on('error', () => socket.destroy())
    arrived.resolve(opened)
  })
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    socket: () => arrived.promise,
    close: () => {
      server.close()
      opened?.destroy()
      arrived.reject(new Error('The data connection was closed.'))
    },
  }
}
