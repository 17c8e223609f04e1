import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The limits of connections. A process has 1,024 file descriptors on many machines; some are for data and uploads. */
export interface ConnectionLimits {
  readonly perAddress: number
  readonly total: number
}

export const connectionLimits: ConnectionLimits = { perAddress: 600, total: 800 }

/**
 * Limits the connections of a server. On one machine all clients share an address, so that one with its share is not shut out: its
 * connection that has waited longest without completing a request makes room. If all are working (a held poll is), no more is taken.
 */
export function limitConnections(server: Server, { perAddress, total }: ConnectionLimits = connectionLimits): void {
  const open = new Map<Socket, string>()
  const counts = new Map<string, number>()
  /** Connections that are working on no request, the longest first. */
  const waiting = new Set<Socket>()

  const forget = (socket: Socket) => {
    const address = open.get(socket)
    if (address === undefined) return
    open.delete(socket)
    waiting.delete(socket)
    const left = (counts.get(address) ?? 1) - 1
    if (left > 0) counts.set(address, left)
    else counts.delete(address)
  }
  const makeRoom = (address: string): boolean => {
    const hasShare = (counts.get(address) ?? 0) >= perAddress
    if (!hasShare && open.size < total) return true
    const longest = waiting.values().find((socket) => !hasShare || open.get(socket) === address)
    if (!longest) return false
    forget(longest)
    longest.destroy()
    return true
  }

  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    if (!makeRoom(address)) {
      socket.destroy()
      return
    }
    open.set(socket, address)
    counts.set(address, (counts.get(address) ?? 0) + 1)
    waiting.add(socket)
    socket.once('close', () => forget(socket))
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket, headers } = request
    // A request whose body is still missing is as slow as one without its headers.
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) waiting.delete(socket)
    else request.once('end', () => waiting.delete(socket))
    response.once('close', () => {
      if (open.has(socket)) waiting.add(socket)
    })
  })
}
