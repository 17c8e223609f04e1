import { type IncomingMessage, ServerResponse } from 'node:http'

/** A reply that is written and does not go out. */
export interface HeldResponse {
  readonly held: ServerResponse
  /** Lets it out, as far as it is written, and all that follows; the connection ends with it. */
  readonly release: () => void
}

/** Stands for `response` until it is released; when the client goes, it is as closed as that. */
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
      // The server does not know this response, so that nothing but this would end the connection.
      held.once('finish', () => socket.end())
      held.assignSocket(socket)
    },
  }
}
