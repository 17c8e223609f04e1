import { once } from 'node:events'
import { createServer, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { actionsOf, type Call } from './aws-call.ts'

/** A proxy in front of an AWS that records the calls of each process. */
export interface RecordingAws extends AsyncDisposable {
  readonly url: string
  readonly calls: Call[]
}

function answerTo(onward: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve) => onward.on('response', resolve))
}

/**
 * Starts a recording proxy.
 *
 * @param url the AWS behind it, on this machine
 */
export async function recordAws(url: string): Promise<RecordingAws> {
  const calls: Call[] = []
  const target = new URL(url)
  const server = createServer((request, response) => void pass(request, response))
  const here = () => `127.0.0.1:${Object(server.address() satisfies AddressInfo | string | null).port}`

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url: path = '/' } = request
    const onward = ask({ host: target.hostname, port: target.port, method, path, headers })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    // Requests of SWF and SQS are small JSON; objects are streamed.
    const body = headers['x-amz-target'] === undefined ? undefined : await text(request)
    calls.push(...actionsOf({ method, path, headers, body }))
    if (body === undefined) request.pipe(onward)
    else onward.end(body)
    const answer = await answerTo(onward)
    if (!/\.(GetQueueUrl|CreateQueue)$/.test(String(headers['x-amz-target']))) {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
      return
    }
    // Queues have URLs of their own, which must lead here too.
    const told = (await text(answer)).replaceAll(target.host, here())
    const { 'content-length': _, ...others } = answer.headers
    response.writeHead(answer.statusCode ?? 500, others).end(told)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://${here()}`,
    calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
