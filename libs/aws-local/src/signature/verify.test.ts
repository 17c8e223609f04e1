import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { ListDomainsCommand, RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { expect, onTestFinished, test } from 'vitest'
import { startAwsLocal } from '../index.ts'
import { virtualClock } from '../time/virtual-clock.ts'

/** A server with one key: the requests it accepts, and the errors of each protocol for the others. */

const known = { accessKeyId: 'AKIAONE', secretAccessKey: 'secret one' }
const stranger = { accessKeyId: 'AKIATWO', secretAccessKey: 'secret one' }
const forger = { accessKeyId: 'AKIAONE', secretAccessKey: 'guessed' }

async function start() {
  // Clients sign with wall-clock time, whatever the time of the server.
  const server = await startAwsLocal({ keys: { AKIAONE: 'secret one' }, clock: virtualClock() })
  onTestFinished(() => server.close())
  const clients = (credentials: typeof known, systemClockOffset = 0) => {
    const options = { endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1, systemClockOffset }
    return {
      swf: new SWFClient(options),
      sqs: new SQSClient(options),
      s3: new S3Client({ ...options, forcePathStyle: true }),
    }
  }
  return { server, clients }
}

const nameOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  )

test('requests signed with the secret are accepted in every protocol', async () => {
  const { server, clients } = await start()
  const { swf, sqs, s3 } = clients(known)
  await swf.send(new RegisterDomainCommand({ name: 'D', workflowExecutionRetentionPeriodInDays: '1' }))
  const { domainInfos } = await swf.send(new ListDomainsCommand({ registrationStatus: 'REGISTERED' }))
  expect(domainInfos).toHaveLength(1)
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }))
  expect((await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'ü' }))).MessageId).toBeDefined()

  const Bucket = 'b-1'
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['plain', 'a b/ü+%41', "~!*'()/../x", '//', 'q?x=1&y']) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key, Metadata: { two: 'two  words' } }))
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ResponseContentType: 'text/x; a="b c"' }))
    expect(await Body?.transformToString()).toBe(Key)
  }
  const streamed = { Bucket, Key: 'streamed', Body: Readable.from([Buffer.from('in chunks')]) }
  await s3.send(new PutObjectCommand({ ...streamed, ContentLength: 9 }))
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'streamed' }), {
    signingDate: new Date(server.clock.now()),
  })
  expect(await (await fetch(url)).text()).toBe('in chunks')
})

test('requests signed with another secret or an unknown key are refused', async () => {
  const { clients } = await start()
  for (const [credentials, json, query, s3Code] of [
    [forger, 'InvalidSignatureException', 'SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
    [stranger, 'UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId'],
  ] as const) {
    const { swf, sqs, s3 } = clients(credentials)
    expect(await nameOf(swf.send(new ListDomainsCommand({ registrationStatus: 'REGISTERED' })))).toBe(json)
    // For SQS the SDK shows the code of the older protocol.
    expect([json, query]).toContain(await nameOf(sqs.send(new ListQueuesCommand({}))))
    expect(await nameOf(s3.send(new CreateBucketCommand({ Bucket: 'b-1' })))).toBe(s3Code)
  }
})

test('a signature is valid for 15 minutes', async () => {
  const { clients } = await start()
  const { swf, s3 } = clients(known, -16 * 60_000)
  const late = swf.send(new ListDomainsCommand({ registrationStatus: 'REGISTERED' }))
  await expect(late).rejects.toThrow(/^Signature expired/)
  expect(await nameOf(s3.send(new CreateBucketCommand({ Bucket: 'b-1' })))).toBe('RequestTimeTooSkewed')
})

test('a request that was changed after signing is refused', async () => {
  const { server, clients } = await start()
  const { swf } = clients(known)
  swf.middlewareStack.add(
    (next) => (args) => {
      if (isRequest(args.request)) args.request.body = String(args.request.body).replace('REGISTERED', 'DEPRECATED')
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  const sent = swf.send(new ListDomainsCommand({ registrationStatus: 'REGISTERED' }))
  expect(await nameOf(sent)).toBe('InvalidSignatureException')
  const reply = await fetch(server.url, { headers: { authorization: 'AWS AKIAONE:older' } })
  expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('<Code>InvalidRequest</Code>')])
  const halves = await fetch(server.url, { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAONE' } })
  expect([halves.status, await halves.text()]).toEqual([400, expect.stringContaining('AuthorizationHeaderMalformed')])
})

const isRequest = (value: unknown): value is { body: unknown } =>
  typeof value === 'object' && value !== null && 'body' in value

test('without a signature each protocol asks for one', async () => {
  const { server } = await start()
  const json = { 'content-type': 'application/x-amz-json-1.0' }
  const swf = { ...json, 'x-amz-target': 'SimpleWorkflowService.ListDomains' }
  const replies = await Promise.all([
    fetch(server.url, { method: 'POST', headers: swf, body: '{}' }),
    fetch(server.url, { method: 'POST', headers: { ...json, 'x-amz-target': 'AmazonSQS.ListQueues' }, body: '{}' }),
    fetch(server.url),
  ])
  expect(await Promise.all(replies.map((reply) => reply.text()))).toEqual([
    expect.stringContaining('MissingAuthenticationToken'),
    expect.stringContaining('MissingAuthenticationToken'),
    expect.stringContaining('AccessDenied'),
  ])
})

test('presigned URLs need the secret of their key, in the older form too', async () => {
  const { server, clients } = await start()
  const { s3 } = clients(known)
  await s3.send(new CreateBucketCommand({ Bucket: 'b-1' }))
  await s3.send(new PutObjectCommand({ Bucket: 'b-1', Key: 'k', Body: 'hello' }))
  const get = new GetObjectCommand({ Bucket: 'b-1', Key: 'k' })
  const signingDate = new Date(server.clock.now())
  for (const [credentials, code] of [
    [forger, 'SignatureDoesNotMatch'],
    [stranger, 'InvalidAccessKeyId'],
  ] as const) {
    const reply = await fetch(await getSignedUrl(clients(credentials).s3, get, { signingDate }))
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining(`<Code>${code}</Code>`)])
  }
  const Expires = String(Math.floor(server.clock.now() / 1000) + 60)
  const older = (secret: string) => {
    const Signature = createHmac('sha1', secret).update(`GET\n\n\n${Expires}\n/b-1/k`).digest('base64')
    const query = new URLSearchParams({ AWSAccessKeyId: 'AKIAONE', Expires, Signature })
    return fetch(`${server.url}/b-1/k?${query.toString()}`)
  }
  expect(await (await older('secret one')).text()).toBe('hello')
  expect((await older('local')).status).toBe(403)
})
