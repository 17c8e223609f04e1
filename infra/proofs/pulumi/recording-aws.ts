import { once } from 'node:events'
import { createServer, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { actionsOf, type Call } from './aws-call.ts'

/** An AWS that notes who calls what of another one, to which it hands everything on. */
export interface WatchedAws extends AsyncDisposable {
  readonly url: string
  readonly calls: Call[]
}

function answerTo(onward: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve) => onward.on('response', resolve))
}

/** @param url the AWS that answers, on this machine */
export async function watchAws(url: string): Promise<WatchedAws> {
  const calls: Call[] = []
  const target = new URL(url)
  const server = createServer((request, response) => void pass(request, response))
  const here = () => `127.0.0.1:${Object(server.address() satisfies AddressInfo | string | null).port}`

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url: path = '/' } = request
    const onward = ask({ host: target.hostname, port: target.port, method, path, headers })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    // What SWF and SQS are asked is JSON and small; objects go through as they come.
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
    // Queues are spoken to at their own addresses: these lead here too.
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
