import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'

type HealthCheckResult = (input: Record<string, unknown>) => unknown

/** Thrown by an answer: the service refuses with this code. */
export class AwsError extends Error {}

/**
 * As much of an AWS service as a test says: what it answers to each operation. It is AWS's own service, not ours; SWF, SQS and S3
 * in these tests are aws-local.
 *
 * @param id the service in `AWS_ENDPOINT_URL_<id>`
 */
export async function standIn(id: string, answers: Readonly<Record<string, HealthCheckResult>>) {
  const asked: { operation: string; input: Record<string, unknown> }[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
      const input: Record<string, unknown> = JSON.parse(text)
      asked.push({ operation, input })
      response.setHeader('content-type', 'application/x-amz-json-1.1')
      try {
        const answer = answers[operation]
        if (!answer) throw new AwsError(`UnknownOperation ${operation}`)
        response.end(JSON.stringify(answer(input)))
      } catch (error) {
        const message = error instanceof Error ? error.message : ''
        response.writeHead(400).end(JSON.stringify({ __type: message, message }))
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.stubEnv(`AWS_ENDPOINT_URL_${id}`, `http://127.0.0.1:${Object(server.address()).port}`)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  onTestFinished(() => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    server.close()
  })
  return asked
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** Puts an `aws` on the PATH, and nothing else, that writes down what it is asked. @returns what it was asked */
export function awsCli({ exitCode = 0 } = {}): () => string {
  const folder = withoutAwsCli()
  const file = join(folder, 'aws')
  writeFileSync(file, `#!/bin/sh\nfor word; do echo "$word"; done > "$0.asked"\nexit ${exitCode}\n`)
  chmodSync(file, 0o755)
  return () => readFileSync(`${file}.asked`, 'utf8').trim().split('\n').join(' ')
}

/** Puts an empty folder on the PATH, and nothing else. @returns the folder */
export function withoutAwsCli(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aws-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  vi.stubEnv('PATH', folder)
  return folder
}
