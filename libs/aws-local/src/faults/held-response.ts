import { type IncomingMessage, ServerResponse } from 'node:http'

/** A response that is written but not sent. */
export interface HeldResponse {
  readonly held: ServerResponse
  /** Sends it, as far as it is written, and everything that follows; the connection ends with it. */
  readonly release: () => void
}

/** Replaces `response` until it is released; when the client disconnects, it closes too. */
export function holdResponse(request: IncomingMessage, response: ServerResponse): HeldResponse {
  const held = new ServerResponse(request)
  held.shouldKeepAlive = false
  response.once('close', () => {
    held.destroy()
    held.emit('close')
  })
  return {
    held,
    release() {
      const { socket } = response
      if (socket === null || socket.destroyed) return
      response.detachSocket(socket)
      // The server does not know this response, so nothing else would end the connection.
      held.once('finish', () => socket.end())
      held.assignSocket(socket)
    },
  }
}
