import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** A proxy in front of an AWS that counts what the processes of an environment call. */
export interface CountingAws extends AsyncDisposable {
  readonly url: string
  /** The number of calls of each operation: `swf:StartWorkflowExecution`, `s3:PUT`. Decisions count as what they decide. */
  readonly counts: ReadonlyMap<string, number>
  /** The minutes from the first of these calls to the last. */
  minutes(): number
}

/** Starts a counting proxy of the AWS at `url`, on this machine. */
export async function countAws(url: string): Promise<CountingAws> {
  const counts = new Map<string, number>()
  let first: number | undefined
  let last = 0
  const target = new URL(url)
  const server = createServer((request, response) => void pass(request, response))
  const here = () => `127.0.0.1:${Object(server.address()).port}`

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers, url: path } = request
    const called = headers['x-amz-target']
    const onward = ask({ host: target.hostname, port: target.port, method, path, headers })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    const body = called === undefined ? undefined : await text(request)
    // The commands of an operator have no name.
    if (/app\/continuum-[a-z-]+/.test(headers['user-agent'] ?? '')) {
      last = performance.now()
      first ??= last
      for (const name of namesOf(method, String(called ?? ''), body)) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    if (body === undefined) request.pipe(onward)
    else onward.end(body)
    const answer = await new Promise<IncomingMessage>((resolve) => onward.on('response', resolve))
    if (!/\.(GetQueueUrl|CreateQueue)$/.test(String(called))) {
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
    counts,
    minutes: () => (last - (first ?? last)) / 60_000,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function namesOf(method: string, target: string, body: string | undefined): string[] {
  if (body === undefined) return [`s3:${method}`]
  const [service = '', operation = ''] = target.split('.')
  if (service === 'AmazonSQS') return [`sqs:${operation}`]
  const decisions: { decisionType: string }[] = Object(JSON.parse(body)).decisions ?? []
  return [`swf:${operation}`, ...decisions.map(({ decisionType }) => `swf:${decisionType}`)]
}
