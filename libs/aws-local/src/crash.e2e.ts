import { randomInt } from 'node:crypto'
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { startAwsLocal } from './index.ts'
import { spawnAwsLocal } from './testing/internal/s3-server.ts'
import { deciding, domain, registerTypes, swfClient } from './testing/internal/swf-client.ts'
import { temporaryFolder } from './testing/internal/process.ts'

const kills = 20

test('twenty kills at random moments under load lose nothing that SWF, SQS or S3 acknowledged', async () => {
  const data = temporaryFolder()
  const acknowledged = { runs: new Set<string>(), messages: new Set<string>(), keys: new Set<string>() }
  for (let round = 0; round < kills; round++) {
    const { process: server, url, s3, sqs } = await spawnAwsLocal(data)
    const swf = swfClient(url)
    if (round === 0) {
      await registerTypes(swf)
      await s3.send(new CreateBucketCommand({ Bucket: 'b-1' }))
    }
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }))
    const { start } = deciding(swf)
    const least = acknowledged.messages.size + randomInt(2, 15)
    const lanes = Array.from({ length: 3 }, async (_, lane) => {
      for (let at = 0; ; at++) {
        const name = `${round}-${lane}-${at}`
        acknowledged.runs.add((await start(name)).runId)
        await s3.send(new PutObjectCommand({ Bucket: 'b-1', Key: name, Body: name.repeat(1000) }))
        acknowledged.keys.add(name)
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: name }))
        acknowledged.messages.add(name)
        if (acknowledged.messages.size >= least) server.kill('SIGKILL')
      }
    })
    await Promise.allSettled(lanes)
    for (const client of [s3, sqs]) client.destroy()
  }

  const aws = await startAwsLocal({ data })
  onTestFinished(() => aws.close())
  const runs = new Set(
    aws
      .domain(domain)
      .executions()
      .map(({ runId }) => runId),
  )
  const messages = new Set(
    aws
      .queue('q')
      .messages()
      .map(({ body }) => body),
  )
  expect([...acknowledged.runs].filter((run) => !runs.has(run))).toEqual([])
  expect([...acknowledged.messages].filter((message) => !messages.has(message))).toEqual([])
  const bucket = aws.bucket('b-1')
  for (const key of acknowledged.keys) expect((await bucket.read(key)).toString()).toBe(key.repeat(1000))
  expect(acknowledged.messages.size).toBeGreaterThanOrEqual(kills)
}, 120_000)
