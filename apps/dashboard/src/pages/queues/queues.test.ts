import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, depthsOf, provision, queueUrl } from '@continuum/aws-resources'
import { reasonAttribute } from '@continuum/messages'
import { expect, onTestFinished, test, vi } from 'vitest'
import { recordQueueLooks } from '../../store/queue-looks.ts'
import { names, startDashboard } from '../../web/dashboard.fixture.ts'

/** The queues of a real SQS, on the pages. */
async function startSystem() {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const { sqs } = clients
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy()
    await aws.close().catch(() => undefined)
    vi.unstubAllEnvs()
  })
  await provision(clients, names, () => undefined)
  const dashboard = await startDashboard()
  onTestFinished(() => dashboard[Symbol.asyncDispose]())
  const send = async (queue: string, body: string, reason?: string) => {
    const QueueUrl = await queueUrl(sqs, queue)
    const MessageAttributes = reason === undefined ? undefined : { reason: reasonAttribute({ reason }) }
    const { MessageId = '' } = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes }),
    )
    return MessageId
  }
  const starter = async () => (await depthsOf(sqs, names)).find(({ role }) => role === 'starter')?.messages
  return { aws, sqs, dashboard, send, starter }
}

const words = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const { starter: queue } = names.queues
const { starter: dead } = names.deadLetters

test('the page shows depth, what is in flight, how old the oldest message can be, and dead letters', async () => {
  const { sqs, dashboard, send } = await startSystem()
  const noon = Date.parse('2026-11-30T12:00:00Z')
  await recordQueueLooks(dashboard.sql, await depthsOf(sqs, names), noon)
  await send(queue, 'one')
  await send(queue, 'two')
  await send(dead, 'three', 'broken')
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: await queueUrl(sqs, queue) }))
  for (const minutes of [1, 2])
    await recordQueueLooks(dashboard.sql, await depthsOf(sqs, names), noon + minutes * 60_000)
  const { statusCode, body } = await dashboard.get('/queues')
  expect(statusCode).toBe(200)
  // It was empty at noon; whatever is on it came later.
  expect(words(body)).toMatch(
    new RegExp(
      `${queue} requests to start workflows, for workflow-starter 1 1 not before 30 Nov 2026, 12:00:00 UTC 1 dead letter `,
    ),
  )
  expect(words(body)).toContain(
    `${names.queues.laxRequests} requests to the article store, for lax-adaptor 0 0 none 0 `,
  )
})

test('where SQS does not answer, the page shows what was last seen, and when', async () => {
  const { aws, sqs, dashboard, send } = await startSystem()
  await send(queue, 'one')
  await recordQueueLooks(dashboard.sql, await depthsOf(sqs, names), Date.parse('2026-11-30T12:00:00Z'))
  await aws.close()
  const { statusCode, body } = await dashboard.get('/queues')
  expect([statusCode, words(body)]).toEqual([
    200,
    expect.stringMatching(/SQS does not answer\. These are the numbers of 30 Nov 2026, 12:00:00 UTC .* 1 0 not before/),
  ])
  expect((await dashboard.get('/queues/starter')).statusCode).toBe(503)
})

test('a dead letter is shown with its reason and as it came, and nothing of it runs', async () => {
  const { dashboard, send } = await startSystem()
  await send(dead, '{"workflow_name":"<script>alert(1)</script>"}', 'There is no such workflow.')
  await send(dead, 'again and again')
  const { body } = await dashboard.get('/queues/starter')
  expect(words(body)).toContain('There is no such workflow.')
  expect(words(body)).toContain('received too often')
  expect(body).toContain('{&quot;workflow_name&quot;:&quot;&lt;script&gt;alert(1)')
})

test('one dead letter goes back for an operator, and the log has who, when and why', async () => {
  const { sqs, dashboard, send, starter } = await startSystem()
  const id = await send(dead, 'to be repeated', 'The bucket was not there.')
  await send(dead, 'to stay', 'broken')
  const ada = await dashboard.signIn('Ada', 'operator')
  const done = await ada.submit('/queues/redrive', [
    ['queue', 'starter'],
    ['message', id],
    ['why', 'the bucket is there again'],
  ])
  expect([done.statusCode, done.headers.location]).toEqual([303, '/queues/starter'])
  expect(await starter()).toEqual({ waiting: 1, underWay: 0, dead: 1 })
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: await queueUrl(sqs, queue) }))
  expect(Messages.map(({ Body }) => Body)).toEqual(['to be repeated'])
  const log = words((await ada.get('/activity?action=redrive')).body)
  expect(log).toContain(`Ada Give back the dead letters of ${queue} message ${id} the bucket is there again done`)
  expect(words((await ada.get('/queues/starter')).body)).toMatch(
    new RegExp(`Ada: ${id} , done the bucket is there again`),
  )
})

test('all dead letters go back at once', async () => {
  const { dashboard, send, starter } = await startSystem()
  for (let n = 0; n < 12; n++) await send(dead, `message ${n}`)
  await (await dashboard.signIn('Ada', 'operator')).submit('/queues/redrive', [['queue', 'starter']])
  await vi.waitFor(async () => expect(await starter()).toEqual({ waiting: 12, underWay: 0, dead: 0 }), 10_000)
})

test('a redrive is stored before it is done: what SQS does not take now is done later', async () => {
  const { aws, dashboard } = await startSystem()
  await aws.close()
  const ada = await dashboard.signIn('Ada', 'operator')
  await ada.submit('/queues/redrive', [['queue', 'starter']])
  expect(await dashboard.sql`select queue, message, requested_by, result from redrive`).toEqual([
    { queue: 'starter', message: null, requested_by: 'Ada', result: 'queued' },
  ])
  const again = await startAwsLocal({ port: Number(new URL(aws.url).port) })
  onTestFinished(() => again.close())
  const clients = createClients({ region: 'us-east-1' })
  await provision(clients, names, () => undefined)
  await dashboard.redriving()
  expect(await dashboard.sql`select result from redrive`).toEqual([{ result: 'done' }])
  expect(await dashboard.sql`select actor, subject, detail from activity where action = 'redrive'`).toEqual([
    { actor: 'Ada', subject: queue, detail: 'all' },
  ])
})

test('a message that is not among the dead letters is looked for during a minute, and then refused', async () => {
  const { dashboard } = await startSystem()
  const ada = await dashboard.signIn('Ada', 'operator')
  await ada.submit('/queues/redrive', [
    ['queue', 'starter'],
    ['message', 'gone'],
  ])
  expect(await dashboard.sql`select result from redrive`).toEqual([{ result: 'queued' }])
  await dashboard.sql`update redrive set requested_at = requested_at - interval '61 seconds'`
  await dashboard.redriving()
  expect(await dashboard.sql`select result from redrive`).toEqual([{ result: 'refused' }])
  expect(words((await ada.get('/queues/starter')).body)).toContain('refused It was not among the dead letters')
})
