import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { adminPath } from './control/admin.ts'
import { readBody, withBody } from './shared/request-body.ts'
import type { HttpService } from './shared/context.ts'
import { sendAwsError, type ServiceName } from './shared/aws-error.ts'
import { verifySignature } from './signature/verify.ts'

/** The services behind the one port. */
export type Services = Readonly<Record<ServiceName | 'admin', HttpService>>

/** Who may speak to the server. */
export interface AccessRules {
  /** Names that requests may use for this machine. */
  readonly hosts: readonly string[]
  /** The secret of an access key; absent where every key is as good as any other. */
  readonly secretOf?: (accessKey: string) => string | undefined
}

/**
 * One HTTP server for the three protocols. SWF and SQS are told by their target header, older SQS clients by their form body,
 * the server's own address by its path; all else is S3, whose requests are paths.
 */
export function createAwsServer(services: Services, rules: AccessRules): Server {
  const server = createServer(
    {
      // Node's 5 s races with the pooled sockets of clients, who then see ECONNRESET.
      keepAliveTimeout: 75_000,
      // A large object may take longer to send than any limit on a whole request.
      requestTimeout: 0,
    },
    (request, response) => {
      serve(services, rules, request, response).catch((error: unknown) => failed(response, error))
    },
  )
  // boto3 and awscli ask before they send a body.
  server.on('checkContinue', (request, response) => {
    response.writeContinue()
    server.emit('request', request, response)
  })
  return server
}

async function serve(
  services: Services,
  { hosts, secretOf }: AccessRules,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isKnownHost(request, hosts)) return refuseHost(request, response)
  const name = isForAdmin(request, hosts) ? 'admin' : serviceOf(request)
  const service = services[name]
  if (secretOf === undefined || request.headers.authorization === undefined) return service(request, response)
  // Clients of S3 sign a hash in a header, so that its bodies can be streams.
  const body = name === 's3' ? undefined : await readBody(request)
  const refusal = verifySignature(name, request, body, secretOf, Date.now())
  if (refusal !== undefined) return sendAwsError(name, request, response, refusal)
  return service(body === undefined ? request : withBody(request, body), response)
}

/** An address of the server itself: before a bucket's name it would be a key. */
function isForAdmin(request: IncomingMessage, hosts: readonly string[]): boolean {
  return request.url?.startsWith(adminPath) === true && hosts.includes(hostOf(request) ?? '')
}

function serviceOf(request: IncomingMessage): ServiceName {
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') return target.startsWith('AmazonSQS.') ? 'sqs' : 'swf'
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  return request.method === 'POST' && isForm ? 'sqs' : 's3'
}

// A page in the developer's browser can reach loopback under a name that its own DNS server gives out; its Host tells.
function isKnownHost(request: IncomingMessage, allowedHosts: readonly string[]): boolean {
  const host = hostOf(request)
  return host !== undefined && allowedHosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))
}

const hostOf = (request: IncomingMessage) => request.headers.host?.replace(/:\d+$/, '').toLowerCase()

const refuseHost: HttpService = async (request, response) => {
  response.writeHead(403, { 'content-type': 'text/plain' }).end(`Unknown host: ${request.headers.host ?? 'none'}\n`)
}

function failed(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  console.error(error)
  if (response.headersSent) response.destroy()
  else response.writeHead(500).end()
}
