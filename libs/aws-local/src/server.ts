import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { adminPath } from './control/admin.ts'
import { limitConnections } from './connections.ts'
import { isFromAnotherOrigin } from './shared/origin.ts'
import { readBody } from './shared/request-body.ts'
import type { HttpService } from './shared/context.ts'
import { sendAwsError, type ServiceName } from './shared/aws-error.ts'
import { verifySignature } from './signature/verify.ts'

/** The services behind the one port. */
export type Services = Readonly<Record<ServiceName | 'admin', HttpService>>

/** Rules for the requests that the server accepts. */
export interface AccessRules {
  /** Host names of this server. */
  readonly hosts: readonly string[]
  /** Finds the secret of an access key; absent if any credentials are accepted. */
  readonly secretOf?: (accessKey: string) => string | undefined
}

/**
 * Creates one HTTP server for the three protocols. SWF and SQS are recognised by their target header, older SQS clients by their
 * form, in the body or the query, the admin routes by their path; everything else is S3, where any path is valid.
 */
export function createAwsServer(services: Services, rules: AccessRules): Server {
  const server = createServer(
    {
      // Node's default of 5 s races with the connection pools of clients, which then see ECONNRESET.
      keepAliveTimeout: 75_000,
      // Sending a large object may exceed any limit on the whole request: one that says nothing for two minutes is cut, which is
      // longer than any poll is held.
      requestTimeout: 0,
      headersTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      serve(services, rules, request, response).catch((error: unknown) => failed(response, error))
    },
  )
  server.setTimeout(120_000)
  limitConnections(server)
  // boto3 and awscli send `Expect: 100-continue` before a body.
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
  // S3 asks the bucket's own CORS rules.
  if (name !== 's3' && isFromAnotherOrigin(request)) return refuseOrigin(request, response)
  const service = services[name]
  if (secretOf === undefined || request.headers.authorization === undefined) return service(request, response)
  // S3 clients sign a hash in a header, so that bodies can be streamed.
  const body = name === 's3' ? undefined : await readBody(request)
  const refusal = verifySignature(name, request, body, secretOf, Date.now())
  if (refusal !== undefined) return sendAwsError(name, request, response, refusal)
  return service(request, response)
}

/** True for an admin route, on a host name of the server itself: after the name of a bucket, the same path is a key. */
function isForAdmin(request: IncomingMessage, hosts: readonly string[]): boolean {
  return request.url?.startsWith(adminPath) === true && hosts.includes(hostOf(request) ?? '')
}

function serviceOf(request: IncomingMessage): ServiceName {
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') return target.startsWith('AmazonSQS.') ? 'sqs' : 'swf'
  if (request.method === 'GET') return isQueryCall(request) ? 'sqs' : 's3'
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  return request.method === 'POST' && isForm ? 'sqs' : 's3'
}

/** True for the Query protocol over GET, as boto 2 speaks it; no request to S3 has these parameters. */
function isQueryCall({ url = '' }: IncomingMessage): boolean {
  const [, ...query] = url.split('?')
  const parameters = new URLSearchParams(query.join('?'))
  return parameters.has('Action') && parameters.has('Version')
}

// A page in the developer's browser can reach loopback under a name from its own DNS server (DNS rebinding); the Host header
// reveals it.
function isKnownHost(request: IncomingMessage, allowedHosts: readonly string[]): boolean {
  const host = hostOf(request)
  return host !== undefined && allowedHosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))
}

const refuseOrigin: HttpService = async (request, response) => {
  response
    .writeHead(403, { 'content-type': 'text/plain' })
    .end(`A web page of another origin may not use this server: ${request.headers.origin ?? ''}\n`)
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
