import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SWFClient } from '@aws-sdk/client-swf'
import { NodeHttpHandler } from '@smithy/node-http-handler'

/** The SDK clients of a process. Where they connect to and who they are comes from the usual AWS variables. */
export interface Clients {
  swf: SWFClient
  sqs: SQSClient
  s3: S3Client
}

const seconds = 1000
const connectionTimeout = 5 * seconds

/**
 * Clients for calls that answer at once. No socket waits for ever: a server that says nothing for 30 seconds is given up
 * and the call tried again, three times in all.
 */
export function createClients(options: { region: string }): Clients {
  const common = { region: options.region, maxAttempts: 3 }
  return {
    swf: new SWFClient({ ...common, requestHandler: handler(30 * seconds, 50) }),
    sqs: new SQSClient({ ...common, requestHandler: handler(30 * seconds, 50) }),
    // Many figures are read and written at once; the path style is what a server without wildcard names needs.
    s3: new S3Client({
      ...common,
      cacheMiddleware: true,
      forcePathStyle: true,
      requestHandler: handler(30 * seconds, 100),
    }),
  }
}

/**
 * Clients for long polls alone: SWF holds a poll for 60 seconds and SQS for 20, and polls that share sockets with other
 * calls starve them.
 */
export function createPollingClients(options: { region: string }): Pick<Clients, 'swf' | 'sqs'> {
  const { region } = options
  return {
    // A poll that fails is the loop's to know and to repeat.
    swf: new SWFClient({ region, maxAttempts: 1, requestHandler: handler(75 * seconds, 100) }),
    sqs: new SQSClient({ region, maxAttempts: 3, requestHandler: handler(35 * seconds, 100) }),
  }
}

function handler(socketTimeout: number, maxSockets: number): NodeHttpHandler {
  const agent = { keepAlive: true, maxSockets }
  return new NodeHttpHandler({ connectionTimeout, socketTimeout, httpAgent: agent, httpsAgent: agent })
}
