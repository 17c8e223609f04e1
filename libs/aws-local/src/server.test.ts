import { request } from 'node:http'
import { onTestFinished, expect, test } from 'vitest'
import { startAwsLocal } from './index.ts'

/** One port for three protocols, and the requests that it accepts. */

async function ask(
  headers: Record<string, string>,
  body = '{}',
  method = 'POST',
): Promise<{ status: number; body: string }> {
  const server = await startAwsLocal()
  onTestFinished(() => server.close())
  return new Promise((resolve, reject) => {
    const sent = request(server.url, { method, headers: { authorization: 'any', ...headers } }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject).end(body)
  })
}

test('a target header means SWF or SQS, a form older clients of SQS, everything else S3', async () => {
  const swf = { 'x-amz-target': 'SimpleWorkflowService.ListDomains' }
  expect((await ask(swf, '{"registrationStatus":"REGISTERED"}')).body).toBe('{"domainInfos":[]}')
  expect((await ask({ 'x-amz-target': 'AmazonSQS.ListQueues' })).status).toBe(200)
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  expect((await ask(form, 'Action=ListQueues&Version=2012-11-05')).body).toContain('<ListQueuesResponse')
  expect((await ask({}, '', 'GET')).body).toContain('<ListAllMyBucketsResult')
})

test('a target of another service is an unknown operation', async () => {
  const reply = await ask({ 'x-amz-target': 'DynamoDB_20120810.ListTables' })
  expect(reply.status).toBe(400)
  expect(reply.body).toContain('UnknownOperationException')
})

test('18.9: a web page of another origin can write nothing, not even by a POST that browsers do not ask about', async () => {
  const origin = 'http://evil.example'
  const swf = { 'x-amz-target': 'SimpleWorkflowService.ListDomains' }
  expect((await ask({ ...swf, origin })).status).toBe(403)
  expect((await ask({ 'x-amz-target': 'AmazonSQS.ListQueues', origin })).status).toBe(403)
  expect((await ask({ 'content-type': 'text/plain', origin }, '<Delete/>')).body).toContain('AccessForbidden')
  for (const foreign of ['null', 'http://127.0.0.1:4601'])
    expect((await ask({ 'content-type': 'text/plain', origin: foreign }, '<Delete/>')).status).toBe(403)
  expect((await ask({ ...swf, host: 'localhost:4566', origin: 'http://localhost:4566' })).status).not.toBe(403)
})

test('it answers to host names of this machine only', async () => {
  for (const host of ['localhost', 'bucket.localhost:4566', '127.0.0.1:4566', '[::1]:80'])
    expect((await ask({ host }, '', 'GET')).status).not.toBe(403)
  for (const host of ['rebound.example.org', 'localhost.example.org:4566', 'notlocalhost'])
    expect((await ask({ host }, '', 'GET')).status).toBe(403)
})
