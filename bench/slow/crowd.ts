import { connect, type Socket } from 'node:net'

/** Clients that open a connection, send a part of a request, and then nothing, each again as soon as it is cut. */
export interface Crowd {
  /** Connections opened so far. */
  readonly opened: () => number
  /** Connections that are open now. */
  readonly open: () => number
  readonly leave: () => void
}

const parts = [
  'GET /article HTTP/1.1\r\nHost: x\r\n',
  'POST /article HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{',
  '',
]

/** Sends a crowd of slow clients, a hundred from each address of this machine. */
export function sendCrowd(port: number, size: number): Crowd {
  const sockets = new Set<Socket>()
  let opened = 0
  let over = false
  const begin = (at: number) => {
    if (over) return
    const localAddress = `127.0.1.${1 + Math.floor(at / 100)}`
    const socket = connect({ port, host: '127.0.0.1', localAddress }, () => {
      opened++
      socket.write(parts[at % parts.length] ?? '')
    })
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      setTimeout(begin, 1_000, at)
    })
  }
  for (let at = 0; at < size; at++) begin(at)
  return {
    opened: () => opened,
    open: () => [...sockets].filter(({ readyState }) => readyState === 'open').length,
    leave: () => {
      over = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
