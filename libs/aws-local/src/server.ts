import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { HttpService } from './ground.ts'

/** The services behind the one port. */
export interface Services {
  readonly swf: HttpService
  readonly sqs: HttpService
  readonly s3: HttpService
}

/**
 * One HTTP server for the three protocols. SWF and SQS are told by their target header, older SQS clients by their form body;
 * all else is S3, whose requests are paths.
 */
export function createAwsServer(services: Services, allowedHosts: readonly string[]): Server {
  const server = createServer(
    {
      // Node's 5 s races with the pooled sockets of clients, who then see ECONNRESET.
      keepAliveTimeout: 75_000,
      // A large object may take longer to send than any limit on a whole request.
      requestTimeout: 0,
    },
    (request, response) => {
      const service = isKnownHost(request, allowedHosts) ? serviceFor(services, request) : refuseHost
      service(request, response).catch((error: unknown) => failed(response, error))
    },
  )
  // boto3 and awscli ask before they send a body.
  server.on('checkContinue', (request, response) => {
    response.writeContinue()
    server.emit('request', request, response)
  })
  return server
}

function serviceFor(services: Services, request: IncomingMessage): HttpService {
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') return target.startsWith('AmazonSQS.') ? services.sqs : services.swf
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  return request.method === 'POST' && isForm ? services.sqs : services.s3
}

// A page in the developer's browser can reach loopback under a name that its own DNS server gives out; its Host tells.
function isKnownHost(request: IncomingMessage, allowedHosts: readonly string[]): boolean {
  const host = request.headers.host?.replace(/:\d+$/, '').toLowerCase()
  return host !== undefined && allowedHosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))
}

const refuseHost: HttpService = async (request, response) => {
  response.writeHead(403, { 'content-type': 'text/plain' }).end(`Unknown host: ${request.headers.host ?? 'none'}\n`)
}

function failed(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  console.error(error)
  if (response.headersSent) response.destroy()
  else response.writeHead(500).end()
}
