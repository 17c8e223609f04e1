import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeLaxReply, readLaxRequest, replyAddress, type LaxReply } from './lax-message.ts'

const request = {
  action: 'ingest',
  location: 'https://s3-external-1.amazonaws.com/bucket/16695.1/run/elife-16695-v1.xml',
  id: '16695',
  version: 1,
  force: false,
  token: 'eyJydW4iOiAxfQ==',
}
const reply: LaxReply = { status: 'ingested', id: '16695', token: 't', datetime: '2016-08-16T10:00:00Z' }
const read = (more: Record<string, unknown>) => readLaxRequest(JSON.stringify({ ...request, ...more }))

test('a request is read as it is', () => {
  expect(read({})).toEqual(request)
  expect(read({ location: 'file:///articles/elife-16695-v1.xml', 'validate-only': true })).toMatchObject({
    'validate-only': true,
  })
})

test.each([
  ['an unknown key', { colour: 'red' }, /it has "colour"; only action, location, id/],
  ['an unknown action', { action: 'delete' }, /action/],
  ['no token', { token: undefined }, /token/],
  ['http', { location: 'http://example.org/a.xml' }, /location/],
  ['version 0', { version: 0 }, /version/],
  ['a number as id', { id: 16695 }, /id/],
  ['force that is no boolean', { force: 'yes' }, /force/],
])('%s is refused in words', (_, more, message) => {
  expect(() => read(more)).toThrow(message)
})

test('what is no JSON object is refused, and has no reply', () => {
  for (const body of ['', 'hello', '[]', 'null', '"text"']) {
    expect(() => readLaxRequest(body)).toThrow('not a JSON object')
    expect(replyAddress(body)).toBeUndefined()
  }
})

test('an unreadable request with a token can be replied to', () => {
  expect(replyAddress(JSON.stringify({ token: 'x', id: 5, action: 'publish' }))).toEqual({
    token: 'x',
    id: '5',
    'requested-action': 'publish',
  })
  expect(replyAddress('{"token":"x","action":"delete"}')).toEqual({ token: 'x', id: '' })
  expect(replyAddress('{"token":5}')).toBeUndefined()
})

test('any token comes back as it came', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (token) => {
      const { token: given } = readLaxRequest(JSON.stringify({ ...request, token }))
      expect(JSON.parse(encodeLaxReply({ ...reply, token: given }) ?? '')).toMatchObject({ token })
    }),
  )
})

test('a request of more than 262,144 bytes is refused', () => {
  const bare = JSON.stringify({ ...request, token: '' }).length
  expect(read({ token: 'x'.repeat(262_144 - bare) })).toMatchObject({ id: '16695' })
  expect(() => read({ token: 'x'.repeat(262_145 - bare) })).toThrow('it has 262145 bytes, and may have 262144 at most')
})

test('a reply that would be too long is shortened, the token never', () => {
  const token = 'x'.repeat(262_000)
  const long: LaxReply = { ...reply, token, status: 'error', message: 'm'.repeat(300) }
  expect(JSON.parse(encodeLaxReply(long) ?? '')).toEqual({ ...reply, status: 'error', token })
  expect(JSON.parse(encodeLaxReply({ ...long, token: 'x'.repeat(261_800) }) ?? '').message).toHaveLength(203)
  expect(encodeLaxReply({ ...long, token: 'x'.repeat(262_144) })).toBeUndefined()
})
