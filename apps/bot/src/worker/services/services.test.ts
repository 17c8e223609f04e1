import { expect, test } from 'vitest'
import { ServiceBusyFailure } from './failures.ts'
import { connectLax } from './lax.ts'
import { connectSite } from './site.ts'
import { startStandIn, type Answer, type ReceivedRequest } from '../../testing/stand-in.ts'

const version = { articleId: '00007', version: 1, run: 'r-1' }
const signal = new AbortController().signal

async function site(answer: (request: ReceivedRequest) => Answer) {
  const { url } = await startStandIn(answer)
  return connectSite({ url, user: 'bot', password: 'secret' })
}

test.each([500, 502, 503, 408])('%s is tried again', async (status) => {
  const { post } = await site(() => ({ status, json: { title: 'busy' } }))
  const posting = post({}, 'r-1', signal)
  await expect(posting).rejects.toMatchObject({ name: 'ServiceUnavailableFailure' })
  await expect(posting).rejects.not.toMatchObject({ retry: false })
})

test('when a service says how long to wait, that is kept', async () => {
  const { post } = await site(() => ({ status: 429, headers: { 'retry-after': '30' } }))
  await expect(post({}, 'r-1', signal)).rejects.toMatchObject({ retryAfter: 30 })
})

test('a service that answers 429 is busy, for seconds or until a date, ten minutes at most', async () => {
  const after = async (header: string) => {
    const { post } = await site(() => ({ status: 429, headers: { 'retry-after': header } }))
    const error: unknown = await post({}, 'r-1', signal).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServiceBusyFailure)
    return error instanceof ServiceBusyFailure ? error.retryAfter : undefined
  }
  expect(await after('7')).toBe(7)
  expect(await after('86400')).toBe(600)
  expect(await after('soon')).toBeUndefined()
  expect(await after(new Date(Date.now() + 60_000).toUTCString())).toBeOneOf([59, 60])
  expect(await after('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0)
})

test.each([400, 409])('%s is a refusal, with what the service says', async (status) => {
  const { post } = await site(() => ({ status, json: [{ field: 'data.title', message: 'is required' }] }))
  await expect(post({}, 'r-1', signal)).rejects.toMatchObject({
    name: 'RequestRefusedFailure',
    retry: false,
    message: expect.stringMatching(/^the site answered \d+: .*data\.title/),
  })
})

const odd: [name: string, answer: Answer, shown: string][] = [
  ['a page in place of JSON', { text: '<html><title>Back\n soon</title>' }, '200 with an HTML page (“Back soon”)'],
  ['an empty body', { text: '' }, '200 with an empty body'],
  ['other JSON', { json: { ok: 1 } }, '200 with “{"ok":1}”'],
  ['404', { status: 404, text: 'no such app' }, '404 with “no such app”'],
  ['401', { status: 401, json: { title: 'Unauthorized' } }, '401 with “{"title":"Unauthorized"}”'],
  ['403', { status: 403, text: '<h1>Forbidden</h1>' }, '403 with an HTML page (“Forbidden”)'],
  ['413', { status: 413, text: '<title>413 Request Entity Too Large</title>' }, '413 with an HTML page'],
  ['400 of a proxy', { status: 400, text: '<title>Bad gateway name</title>' }, '400 with an HTML page'],
]
test.each(odd)('18.5: %s is no verdict: it is tried again, and says what came', async (_, answer, shown) => {
  const { post, publish } = await site(() => answer)
  const { url } = await startStandIn(() => answer)
  const lax = connectLax({ url, token: 'a token' })
  const requests = [
    () => post({}, 'r-1', signal),
    () => publish('00007.1', 'r-1', signal),
    () => lax.ingest(version, { article: {}, resupplied: false }, signal),
    () => lax.publish(version, { resupplied: false, dryRun: false }, signal),
    () => lax.nextVersion('00007', signal),
  ]
  for (const request of requests) {
    const error: unknown = await request().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'OddAnswerFailure', message: expect.stringContaining(shown) })
    expect(error).not.toMatchObject({ retry: false })
  }
})

test("18.5: lax's own 404 is an article that it does not know yet", async () => {
  const { url } = await startStandIn(() => ({ status: 404, json: { title: 'not found' } }))
  expect(await connectLax({ url, token: 'a token' }).nextVersion('00007', signal)).toBe(1)
})

test('a connection that is cut, and a service that is not there, are tried again', async () => {
  const { post } = await site(() => ({ cut: true }))
  await expect(post({}, 'r-1', signal)).rejects.toMatchObject({ name: 'ServiceUnavailableFailure' })
  const nobody = connectSite({ url: 'http://127.0.0.1:9', user: 'bot', password: 'secret' })
  await expect(nobody.publish('00007.1', 'r-1', signal)).rejects.toThrow(
    /the site at http:\/\/127.0.0.1:9 does not answer/,
  )
})

test('a refusal of lax carries its own message', async () => {
  const { url } = await startStandIn(() => ({
    status: 409,
    json: { status: 'invalid', code: 'already-published', message: 'refusing to publish' },
  }))
  const lax = connectLax({ url, token: 'a token' })
  await expect(lax.publish(version, { resupplied: false, dryRun: false }, signal)).rejects.toThrow(
    'lax answered 409: refusing to publish',
  )
})

test('a request that is given up by the worker stays given up', async () => {
  const stopping = new AbortController()
  const { post } = await site(() => {
    stopping.abort(new Error('stopping'))
    return {}
  })
  await expect(post({}, 'r-1', stopping.signal)).rejects.not.toMatchObject({ name: 'ServiceUnavailableFailure' })
})
