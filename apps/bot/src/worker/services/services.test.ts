import { expect, test } from 'vitest'
import { ServiceBusyFailure } from './http.ts'
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

test.each([400, 401, 403, 404, 409])('%s is a refusal, with what the service says', async (status) => {
  const { post } = await site(() => ({ status, json: [{ field: 'data.title', message: 'is required' }] }))
  await expect(post({}, 'r-1', signal)).rejects.toMatchObject({
    name: 'RequestRefusedFailure',
    retry: false,
    message: expect.stringMatching(/^the site answered \d+: .*data\.title/),
  })
})

test('a connection that is cut, and a service that is not there, are tried again', async () => {
  const { post } = await site(() => ({ cut: true }))
  await expect(post({}, 'r-1', signal)).rejects.toMatchObject({ name: 'ServiceUnavailableFailure' })
  const nobody = connectSite({ url: 'http://127.0.0.1:9', user: 'bot', password: 'secret' })
  await expect(nobody.publish('00007.1', 'r-1', signal)).rejects.toThrow(
    /the site at http:\/\/127.0.0.1:9 does not answer/,
  )
})

test('an answer that is no JSON of the expected form is a refusal', async () => {
  const { post } = await site(() => ({ json: { title: 'no path' } }))
  await expect(post({}, 'r-1', signal)).rejects.toThrow('sent an unexpected answer')
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
