import { createHash, createHmac } from 'node:crypto'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { SWF } from '@aws-sdk/client-swf'
import { expect, onTestFinished, test } from 'vitest'
import { startAwsLocal, TimeNotVirtualError, type AwsLocalOptions } from '../index.ts'
import {
  complete,
  deciding,
  domain,
  registerTypes,
  schedule,
  swfClient,
  timer,
} from '../testing/internal/swf-client.ts'
import { temporaryFolder } from '../testing/internal/process.ts'

/** A domain with virtual time, on a server with real time. */

const day = 24 * 3600

async function start(options: AwsLocalOptions = {}) {
  const aws = await startAwsLocal({ pollSeconds: 5, ...options })
  onTestFinished(() => aws.close())
  const swf = swfClient(aws.url)
  return { aws, swf, view: aws.domain(domain), ...deciding(swf) }
}

async function startRegistered() {
  const started = await start()
  await registerTypes(started.swf)
  return started
}

const typesOf = (execution: { events: readonly { type: string }[] } | undefined) =>
  execution?.events.map(({ type }) => type)

test('a day passes at once in one domain, each event at its due time, while another keeps real time', async () => {
  const { aws, swf, view, start: begin, decide } = await startRegistered()
  await registerTypes(swf, 'Other')
  const other = deciding(swf, 'Other')
  await other.start('w', { executionStartToCloseTimeout: String(7 * day) })
  await other.decide(timer('hour', '3600'))

  view.time.makeVirtual()
  const { now } = view.time.state()
  await begin('w', { executionStartToCloseTimeout: String(7 * day) })
  await decide(...Array.from({ length: 24 }, (_, hour) => timer(`hour ${hour + 1}`, String((hour + 1) * 3600))))
  expect(view.time.state()).toMatchObject({ virtual: true, now, next: now + 3600_000 })
  view.time.advance(day * 1000)
  expect(view.time.state()).toMatchObject({ now: now + day * 1000, next: now + 7 * day * 1000 })
  const fired = view.execution('w')?.events.filter(({ type }) => type === 'TimerFired')
  expect(fired?.map(({ at }) => (at - now) / 3600_000)).toEqual(Array.from({ length: 24 }, (_, hour) => hour + 1))

  expect(aws.domain('Other').execution('w')?.openTimers).toEqual(['hour'])
  expect(aws.domain('Other').time.state()).toMatchObject({ virtual: false, autoSkip: false })
  expect(Math.abs(aws.domain('Other').time.state().now - Date.now())).toBeLessThan(5000)
})

test('with autoSkip, time advances only while no task is scheduled or started', async () => {
  const { view, swf, start: begin, decide, decisionTask, activityTask } = await startRegistered()
  view.time.makeVirtual({ autoSkip: true })
  const { now } = view.time.state()
  await begin('patient', { executionStartToCloseTimeout: String(300 * day) })
  await decide(timer('long', String(100 * day)))
  // Nobody advances the time: the timer fires because nothing else is going on.
  const { taskToken } = await decisionTask()
  expect(view.time.state().now).toBe(now + 100 * day * 1000)
  await swf.respondDecisionTaskCompleted({ taskToken, decisions: [schedule('work'), timer('other', '50')] })
  const { taskToken: work } = await activityTask()
  await settled(swf)
  expect(view.time.state().now).toBe(now + 100 * day * 1000)
  await swf.respondActivityTaskCompleted({ taskToken: work })
  const next = await decisionTask()
  await swf.respondDecisionTaskCompleted({ taskToken: next.taskToken, decisions: [] })
  await decide(complete)
  expect(view.time.state().now).toBe(now + 100 * day * 1000 + 50_000)
  expect((await view.waitForClose('patient')).status).toBe('COMPLETED')
})

test('autoSkip reaches the timeout of an idle execution; limited to timers it does not', async () => {
  const { view, swf, start: begin, decide } = await startRegistered()
  view.time.makeVirtual({ autoSkip: 'timers' })
  await begin('awaits a signal', { executionStartToCloseTimeout: String(day) })
  await decide(timer('reminder', '3600'))
  await decide()
  await settled(swf)
  expect(view.execution('awaits a signal')).toMatchObject({ status: 'OPEN', openTimers: [] })
  view.time.makeVirtual({ autoSkip: true })
  const { status, startedAt, closedAt } = await view.waitForClose('awaits a signal')
  expect({ status, lasted: Number(closedAt) - startedAt }).toEqual({ status: 'TIMED_OUT', lasted: day * 1000 })
})

test('virtual time survives a restart and ends when it is made real', async () => {
  const data = temporaryFolder()
  const before = await start({ data })
  await registerTypes(before.swf)
  before.view.time.makeVirtual()
  await before.start('w', { executionStartToCloseTimeout: String(300 * day) })
  await before.decide(timer('long', String(30 * day)))
  before.view.time.advance(10 * day * 1000)
  const { now } = before.view.time.state()
  await before.aws.close()

  const { view } = await start({ data })
  expect(view.time.state()).toMatchObject({ virtual: true, now, next: now + 20 * day * 1000 })
  view.time.makeReal()
  expect(view.time.state()).toMatchObject({ virtual: false, next: now + 20 * day * 1000 })
  expect(() => view.time.advance(1)).toThrow(TimeNotVirtualError)
  view.time.makeVirtual()
  view.time.advance(31 * day * 1000)
  expect(typesOf(view.execution('w'))?.slice(-2)).toEqual(['TimerFired', 'DecisionTaskScheduled'])
})

test('the time of queues advances only on request', async () => {
  const { aws, view } = await startRegistered()
  const sqs = new SQSClient({ endpoint: aws.url, region: 'us-east-1', credentials })
  onTestFinished(() => sqs.destroy())
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'delayed', DelaySeconds: 900 }))
  const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body
  view.time.makeVirtual()
  view.time.advance(900_000)
  expect(await receive()).toBeUndefined()
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
  await settled(swfClient(aws.url))
  view.time.advance(900_000, { queues: true })
  expect((await waiting).Messages?.[0]?.Body).toBe('delayed')
  expect(aws.queue('q').messages()).toMatchObject([{ body: 'delayed', receives: 1 }])
})

test('an invalid duration is refused', async () => {
  const { aws, view } = await startRegistered()
  view.time.makeVirtual()
  for (const ms of [-1, 0.5, Number.NaN]) expect(() => view.time.advance(ms)).toThrow(RangeError)
  expect(() => aws.domain('Nowhere').time.state()).toThrow('Unknown domain: Nowhere')
})

test('a test that runs against the command changes the time over HTTP', async () => {
  const { aws, start: begin, decide } = await startRegistered()
  const ask = async (body: object | string, headers: Record<string, string> = { authorization: 'any' }) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const reply = await fetch(`${aws.url}/_aws-local/time`, { method: 'POST', headers, body: text })
    const told: Record<string, unknown> = { ...JSON.parse(await reply.text()), status: reply.status }
    return told
  }
  const real = await (
    await fetch(`${aws.url}/_aws-local/time?domain=${domain}`, { headers: { authorization: 'any' } })
  ).json()
  expect(real).toMatchObject({ domain, region: 'us-east-1', virtual: false, autoSkip: false, next: null })
  const made = await ask({ domain, virtual: true })
  await begin('w')
  await decide(timer('t', '60'))
  const turned = await ask({ domain, advanceSeconds: 60 })
  expect(Date.parse(String(turned['now'])) - Date.parse(String(made['now']))).toBe(60_000)
  expect(typesOf(aws.domain(domain).execution('w'))?.at(-2)).toBe('TimerFired')
  expect(await ask({ domain, autoSkip: 'timers' })).toMatchObject({ virtual: true, autoSkip: 'timers' })
  expect(await ask({ domain, virtual: false })).toMatchObject({ virtual: false, autoSkip: false })

  const errors: [object | string, string][] = [
    [{ domain: 'Nowhere' }, 'Unknown domain: Nowhere'],
    [{ domain, advanceSeconds: 1 }, 'The domain Publish uses the time of the server: make its time virtual first.'],
    [{ domain, advance: 1 }, 'Unknown member: advance.'],
    [{ domain, advanceSeconds: -1 }, 'advanceSeconds must be a number of seconds between 0 and 10 years.'],
    [{ virtual: true }, 'Missing member: {"domain": "NAME"}'],
    ['{', 'The body is not a JSON object.'],
  ]
  for (const [body, error] of errors) expect(await ask(body)).toEqual({ status: 400, error })
  expect(await ask({ domain, virtual: true }, {})).toMatchObject({ status: 403 })
  // After the name of a bucket, the same path is a key.
  const key = await fetch(`${aws.url}/_aws-local/other`, { headers: { authorization: 'any' } })
  expect(key.status).toBe(404)
})

test('with a list of keys, a change of time must be signed', async () => {
  const aws = await startAwsLocal({ keys: { AKIAONE: 'secret one' } })
  onTestFinished(() => aws.close())
  const ask = (secret: string) => {
    const body = JSON.stringify({ domain })
    return fetch(`${aws.url}/_aws-local/time`, {
      method: 'POST',
      headers: sign(new URL(aws.url).host, body, secret),
      body,
    })
  }
  expect(await (await ask('secret one')).json()).toEqual({ error: `Unknown domain: ${domain}` })
  const refused = await ask('guessed')
  expect([refused.status, await refused.json()]).toEqual([403, { error: expect.stringContaining('signature') }])
})

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/** As `curl --aws-sigv4 aws:amz:us-east-1:aws-local` signs. */
function sign(host: string, body: string, secret: string): Record<string, string> {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${date.slice(0, 8)}/us-east-1/aws-local/aws4_request`
  const signed = 'host;x-amz-date'
  const canonical = [
    'POST',
    '/_aws-local/time',
    '',
    `host:${host}`,
    `x-amz-date:${date}`,
    '',
    signed,
    sha256(body),
  ].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(mac, `AWS4${secret}`)
  const signature = mac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex')
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAONE/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  }
}

/** Waits until everything sent before has been answered and its effects have happened. */
async function settled(swf: SWF): Promise<void> {
  for (let round = 0; round < 5; round++) await swf.listDomains({ registrationStatus: 'REGISTERED' })
}
