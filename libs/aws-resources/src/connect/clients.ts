import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SWFClient } from '@aws-sdk/client-swf'
import { NodeHttpHandler } from '@smithy/node-http-handler'

/** The SDK clients of a process. Endpoint and credentials come from the standard AWS variables. */
export interface Clients {
  swf: SWFClient
  sqs: SQSClient
  s3: S3Client
}

const seconds = 1000
const connectionTimeout = 5 * seconds

/**
 * Creates clients for calls that return at once. Every socket has a timeout: after 30 seconds without data the call is retried, up to
 * three attempts in all.
 */
export function createClients(options: {
  region: string
  /** Without data for so long, a call is given up. */
  timeoutMilliseconds?: number
  maxAttempts?: number
}): Clients {
  const { region, timeoutMilliseconds = 30 * seconds, maxAttempts = 3 } = options
  const common = { region, maxAttempts }
  return {
    swf: new SWFClient({ ...common, requestHandler: handler(timeoutMilliseconds, 50) }),
    sqs: new SQSClient({ ...common, requestHandler: handler(timeoutMilliseconds, 50) }),
    // Many figures are transferred at once. Servers without wildcard DNS need the path style. The option cacheMiddleware stays off: with
    // it calls at the same time share a context, and one goes to the bucket of another.
    s3: new S3Client({
      ...common,
      forcePathStyle: true,
      requestHandler: handler(timeoutMilliseconds, 100),
    }),
  }
}

/**
 * Creates clients for long polls only. SWF holds a poll for 60 seconds and SQS for 20; polls that share sockets with other calls
 * starve them.
 */
export function createPollingClients(options: { region: string }): Pick<Clients, 'swf' | 'sqs'> {
  const { region } = options
  return {
    // The polling loop itself handles and repeats failed polls.
    swf: new SWFClient({ region, maxAttempts: 1, requestHandler: handler(75 * seconds, 100) }),
    sqs: new SQSClient({ region, maxAttempts: 3, requestHandler: handler(35 * seconds, 100) }),
  }
}

function handler(socketTimeout: number, maxSockets: number): NodeHttpHandler {
  const agent = { keepAlive: true, maxSockets }
  return new NodeHttpHandler({ connectionTimeout, socketTimeout, httpAgent: agent, httpsAgent: agent })
}
