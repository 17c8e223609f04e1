import { Metadata, Server, ServerCredentials, status, type handleUnaryCall } from '@grpc/grpc-js'

/** A plan is larger than gRPC's own limit of 4 MB allows. */
const largest = 400 * 1024 * 1024

/** A gRPC server without services, whose messages may be as large as Pulumi's own. */
export const newServer = (): Server =>
  new Server({ 'grpc.max_receive_message_length': largest, 'grpc.max_send_message_length': largest })

/** Listens on a free loopback port, and says which. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
}

/** A call of one request and one answer. What it throws is told to the caller by its message. */
export function answer<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.try(work, call.request).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback({
          code: status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
          metadata: new Metadata(),
        }),
    )
  }
}

/**
 * What an executable that Pulumi starts as a plugin does: it listens, says its port on the first line of its standard
 * output, and ends when its standard input or its parent does.
 */
export async function servePlugin(server: Server): Promise<void> {
  process.stdout.write(`${await listen(server)}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
}
