import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { Type } from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { NoAnswerError, readAnswer, request } from './request.ts'

async function start(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${Object(server.address()).port}`
}

const options = { service: 'lax', timeoutMilliseconds: 5000 }

test('a request is sent as JSON, and answered with status, headers and text', async () => {
  const url = await start((sent, reply) => {
    const received = { method: sent.method, type: sent.headers['content-type'], token: sent.headers.authorization }
    sent.on('data', (chunk: Buffer) =>
      reply.writeHead(409, { 'retry-after': '3' }).end(JSON.stringify({ ...received, body: chunk.toString() })),
    )
  })
  const headers = { authorization: 'Bearer x' }
  const answer = await request({ ...options, url, method: 'PUT', headers, json: { run: '1' } })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([409, '3'])
  expect(JSON.parse(answer.text)).toEqual({
    method: 'PUT',
    type: 'application/json',
    token: 'Bearer x',
    body: '{"run":"1"}',
  })
})

test('an answer is read by its schema', () => {
  const schema = Type.Object({ total: Type.Integer() })
  expect(readAnswer(schema, { text: '{"total":1}' })).toEqual({ total: 1 })
  expect(readAnswer(schema, { text: '{"total":"1"}' })).toBeUndefined()
  expect(readAnswer(schema, { text: 'no JSON' })).toBeUndefined()
})

test('a service that is down, silent or elsewhere does not answer, and the message says why', async () => {
  const down = request({ ...options, url: 'http://127.0.0.1:1/path' })
  await expect(down).rejects.toThrow(/^lax at http:\/\/127.0.0.1:1 does not answer \(.+\)\.$/)
  const silent = request({ ...options, url: await start(() => undefined), timeoutMilliseconds: 50 })
  await expect(silent).rejects.toThrow(NoAnswerError)
  const elsewhere = await start((_, reply) => reply.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
  await expect(request({ ...options, url: elsewhere })).rejects.toThrow(NoAnswerError)
})

test('an aborted request is rejected with the reason', async () => {
  const controller = new AbortController()
  const url = await start(() => controller.abort(new Error('stopping')))
  await expect(request({ ...options, url, signal: controller.signal })).rejects.toThrow('stopping')
})
