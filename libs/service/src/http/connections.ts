import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { addressesIn } from './proxies.ts'

/** The time-outs of every server of ours, in milliseconds. Receiving a request may take that long, not answering it. */
export const timeouts = {
  /** For the headers, from the connection or the first byte on. */
  headers: 10_000,
  /** For the body of a request, unless it is one that may be long. */
  request: 30_000,
  /** For the next request on a connection: longer than the 60 s of a load balancer, which would race with ours. */
  idle: 75_000,
  /** Between two looks at all connections. */
  check: 1_000,
} as const

/** The limits of connections. A process has 1,024 file descriptors on many machines; some are for files and the database. */
export interface ConnectionLimits {
  /** From one address, trusted proxies apart. */
  readonly perAddress: number
  readonly total: number
}

export const connectionLimits: ConnectionLimits = { perAddress: 256, total: 800 }

/**
 * Limits the connections of a server. An address that has its share gets no more. When all are in use, the one that has waited
 * longest without completing a request is closed for the next, so that slow clients, however many, keep nobody out.
 *
 * @param trusted addresses and subnets of proxies, which connect for many clients
 */
export function limitConnections(
  server: Server,
  { perAddress, total }: ConnectionLimits = connectionLimits,
  trusted: readonly string[] = [],
): void {
  const isProxy = addressesIn(trusted)
  const counts = new Map<string, number>()
  /** Connections that are working on no request, the longest first. */
  const waiting = new Set<Socket>()
  let open = 0

  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const count = counts.get(address) ?? 0
    const [longest] = waiting
    const isFull = open >= total
    if ((count >= perAddress && !isProxy(address)) || (isFull && !longest)) {
      socket.destroy()
      return
    }
    if (isFull && longest) {
      waiting.delete(longest)
      longest.destroy()
    }
    open++
    counts.set(address, count + 1)
    waiting.add(socket)
    socket.once('close', () => {
      open--
      waiting.delete(socket)
      const left = (counts.get(address) ?? 1) - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    })
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket, headers } = request
    // A request whose body is still missing is as slow as one without its headers.
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) waiting.delete(socket)
    else request.once('end', () => waiting.delete(socket))
    response.once('close', () => {
      if (!socket.destroyed) waiting.add(socket)
    })
  })
}

const bodyTimers = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** Closes the connection of a request whose body does not arrive in time. A server's own time-out would know no exceptions. */
export function limitBodyTime(request: IncomingMessage): void {
  const { headers } = request
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return
  const timer = setTimeout(() => request.destroy(), timeouts.request).unref()
  bodyTimers.set(request, timer)
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer))
}

/** Lets the body of a request take as long as it takes: for large files, of those who may send them. */
export function allowLongBody({ raw }: { raw: IncomingMessage }): void {
  clearTimeout(bodyTimers.get(raw))
}
