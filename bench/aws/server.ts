import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Server extends AsyncDisposable {
  readonly url: string
  /** One call of SWF (`SimpleWorkflowService.X`) or SQS (`AmazonSQS.X`), without an SDK, whose own work would be measured too. */
  readonly call: (target: string, input: object) => Promise<Reply>
  /** The most memory that the process has had, in MB. */
  readonly peakMemory: () => number
}

/** The fields of replies that the measurements read. */
export interface Reply {
  readonly taskToken: string
  readonly QueueUrl: string
  readonly Messages?: readonly { ReceiptHandle: string }[]
}

const credentials =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/any/aws4_request, SignedHeaders=host, Signature=0'

/** aws-local as a process of its own, with a data directory that goes with it. */
export async function startServer(): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'bench-aws-'))
  const main = fileURLToPath(new URL('../../libs/aws-local/src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const url = String(line).replace('ready ', '')
  const agent = new Agent({ keepAlive: true })
  return {
    url,
    async call(target, input) {
      const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' }
      const text = await textOf(await send(url, { method: 'POST', headers, agent }, JSON.stringify(input)))
      return JSON.parse(text || '{}')
    },
    peakMemory: () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async [Symbol.asyncDispose]() {
      agent.destroy()
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await rm(data, { recursive: true })
    },
  }
}

/** One request with credentials; throws what the server refuses. */
export async function send(
  url: string,
  { headers, ...options }: { method: string; headers?: Record<string, string | number>; agent?: Agent },
  body: string | AsyncIterable<Buffer> = '',
): Promise<IncomingMessage> {
  const sent = request(url, { ...options, headers: { authorization: credentials, ...headers } })
  const replied = once(sent, 'response')
  if (typeof body === 'string') sent.end(body)
  else {
    for await (const chunk of body) if (!sent.write(chunk)) await once(sent, 'drain')
    sent.end()
  }
  const [reply]: IncomingMessage[] = await replied
  if (reply?.statusCode !== 200) throw new Error(`${url}: ${reply && (await textOf(reply))}`)
  return reply
}

export async function textOf(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of reply) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
