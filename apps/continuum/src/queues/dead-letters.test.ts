import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { namesOf, queueRoles } from '@continuum/aws-resources'
import { reasonAttribute } from '@continuum/messages'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { deadLettersOf, redrive } from './dead-letters.ts'
import { queueLines } from './depth-lines.ts'
import { depthsOf } from './depths.ts'

const names = namesOf({ prefix: 'test-', organisation: 'elife' })
const { starter } = names.queues
const dead = names.deadLetters.starter
let sqs: SQSClient

beforeEach(async () => {
  const aws = await startAwsLocal()
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  sqs = new SQSClient({ region: 'us-east-1', endpoint: aws.url, credentials })
  onTestFinished(async () => {
    sqs.destroy()
    await aws.close()
  })
  for (const role of queueRoles) {
    const QueueName = names.deadLetters[role]
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }))
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
    const deadLetterTargetArn = Attributes?.QueueArn
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 })
    await sqs.send(new CreateQueueCommand({ QueueName: names.queues[role], Attributes: { RedrivePolicy } }))
  }
})

async function putAside(body: string, reason?: string) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: dead }))
  const MessageAttributes = reason === undefined ? undefined : { reason: reasonAttribute({ reason }) }
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes }))
}

test('dead letters are shown with their reasons, and stay', async () => {
  await putAside('{"workflow_name":"Nope"}', 'There is no workflow "Nope".')
  await putAside('again and again')
  const letters = await deadLettersOf(sqs, dead, 100)
  expect(letters.toSorted((one, other) => one.body.localeCompare(other.body))).toMatchObject([
    { body: '{"workflow_name":"Nope"}', reason: 'There is no workflow "Nope".' },
    { body: 'again and again', reason: null, receptions: 1 },
  ])
  const depths = await depthsOf(sqs, names)
  expect(depths.find(({ name }) => name === starter)?.messages).toEqual({ waiting: 0, underWay: 0, dead: 2 })
  expect(queueLines(depths).join('\n')).toMatch(/^! test-workflow-starter-queue +0 +0 +2$/m)
})

test('given back, dead letters are on their queue again', async () => {
  for (let n = 0; n < 12; n++) await putAside(`message ${n}`)
  await redrive(sqs, starter, dead)
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: starter }))
  const bodies = new Set<string>()
  while (bodies.size < 12) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
    )
    for (const { Body = '' } of Messages) bodies.add(Body)
  }
  expect(await deadLettersOf(sqs, dead, 100)).toEqual([])
})
