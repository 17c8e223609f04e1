import { Metadata, Server, ServerCredentials, status, type handleUnaryCall } from '@grpc/grpc-js'

/** Plans exceed gRPC's default limit of 4 MB. */
const maxMessageBytes = 400 * 1024 * 1024

/** Creates a gRPC server without services, with Pulumi's own limit on messages. */
export const newServer = (): Server =>
  new Server({ 'grpc.max_receive_message_length': maxMessageBytes, 'grpc.max_send_message_length': maxMessageBytes })

/** Listens on a free loopback port. @returns the port */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
}

/** Makes a unary gRPC handler. If `work` throws, the caller gets the message of the error. */
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
 * Serves as a Pulumi plugin: listens, prints the port as the first line of standard output, and ends when it is told to.
 */
export async function servePlugin(server: Server): Promise<void> {
  process.stdout.write(`${await listen(server)}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
}
