import { ReceiveMessageCommand, SendMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs'
import { beforeEach, expect, test } from 'vitest'
import { queueUrl } from '../connect/queue-url.ts'
import { namesOf } from '../declare/names.ts'
import { provision } from '../provision/provision.ts'
import { startTestAws } from '../test-aws.fixture.ts'
import { deadLettersOf } from './dead-letters.ts'
import { depthsOf } from './depths.ts'
import { redriveAll, redriveOne } from './redrive.ts'

const names = namesOf({ prefix: 'test-', organisation: 'elife' })
const starter = { queue: names.queues.starter, dead: names.deadLetters.starter }
let sqs: SQSClient

beforeEach(async () => {
  const { clients } = await startTestAws()
  await provision(clients, names, () => undefined)
  ;({ sqs } = clients)
})

async function putAside(body: string, attributes: Record<string, string> = {}) {
  const QueueUrl = await queueUrl(sqs, starter.dead)
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  )
  const { MessageId = '' } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes }))
  return MessageId
}

const receive = async (name: string) => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: await queueUrl(sqs, name),
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  )
  return Messages
}
const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body)
const depth = async () => (await depthsOf(sqs, names)).find(({ name }) => name === starter.queue)?.messages

test('dead letters are shown with their reasons, and are there for the next look at once', async () => {
  await putAside('{"workflow_name":"Nope"}', { reason: 'There is no workflow "Nope".' })
  await putAside('again and again')
  for (const receptions of [1, 2]) {
    const letters = await deadLettersOf(sqs, starter.dead, 100)
    expect(letters.toSorted((one, other) => one.body.localeCompare(other.body))).toMatchObject([
      { body: '{"workflow_name":"Nope"}', reason: 'There is no workflow "Nope".' },
      { body: 'again and again', reason: null, receptions },
    ])
  }
  expect(await depth()).toEqual({ waiting: 0, underWay: 0, dead: 2 })
})

test('a look shows each of many once, and no more than asked for', async () => {
  const sent = await Promise.all(Array.from({ length: 23 }, (_, n) => putAside(`message ${n}`)))
  expect((await deadLettersOf(sqs, starter.dead, 100)).map(({ id }) => id).toSorted()).toEqual(sent.toSorted())
  expect(await deadLettersOf(sqs, starter.dead, 7)).toHaveLength(7)
})

test('one dead letter goes back as it came, without the reason, and the others stay', async () => {
  await putAside('first', { reason: 'broken' })
  const id = await putAside('second', { reason: 'broken too', code: '7' })
  for (let n = 0; n < 12; n++) await putAside(`other ${n}`)
  expect(await redriveOne(sqs, starter, id)).toBe(true)
  const [message, ...others] = await receive(starter.queue)
  expect(others).toEqual([])
  expect(message).toMatchObject({ Body: 'second', MessageAttributes: { code: { StringValue: '7' } } })
  expect(message?.MessageAttributes).not.toHaveProperty('reason')
  expect(await redriveOne(sqs, starter, id)).toBe(false)
  expect((await deadLettersOf(sqs, starter.dead, 100)).map(({ body }) => body)).toHaveLength(13)
})

test('all dead letters go back to their queue, also where that is asked for twice', async () => {
  const sent = Array.from({ length: 12 }, (_, n) => `message ${n}`)
  for (const body of sent) await putAside(body)
  await Promise.all([redriveAll(sqs, starter), redriveAll(sqs, starter)])
  const back = new Set<string | undefined>()
  while (back.size < sent.length) for (const body of bodies(await receive(starter.queue))) back.add(body)
  expect(back).toEqual(new Set(sent))
  expect(await deadLettersOf(sqs, starter.dead, 100)).toEqual([])
})

test('a queue that was never made has no depth', async () => {
  const elsewhere = namesOf({ prefix: 'other-', organisation: 'elife' })
  expect((await depthsOf(sqs, elsewhere)).map(({ messages }) => messages)).toEqual(Array(7).fill(null))
})
