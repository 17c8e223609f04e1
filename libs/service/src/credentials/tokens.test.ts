import { expect, test } from 'vitest'
import { bearer, bothSecrets, currentSecret, isAccepted, sameSecret } from './credentials.ts'
import { signToken, verifyToken } from './tokens.ts'

const now = Temporal.Instant.from('2026-11-01T10:00:00Z')
const exp = now.epochMilliseconds / 1000 + 600
const token = signToken('secret', { article: '00353', version: 1, exp })

test('a token says what was signed, until it expires', () => {
  expect(verifyToken('secret', token, now)).toEqual({ article: '00353', version: 1, exp })
  expect(verifyToken('secret', token, now.add({ seconds: 599 }))).toBeDefined()
  expect(verifyToken('secret', token, now.add({ seconds: 600 }))).toBeUndefined()
})

test('a token of another secret, or changed anywhere, says nothing', () => {
  expect(verifyToken('other', token, now)).toBeUndefined()
  for (let at = 0; at < token.length; at++) {
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(verifyToken('secret', changed, now)).toBeUndefined()
  }
})

test.each(['', '.', 'x', 'x.y', `${token}.x`, token.replace('.', ''), 'e30.'])('%j is no token', (text) => {
  expect(verifyToken('secret', text, now)).toBeUndefined()
})

test('a token is safe in an address', () => {
  expect(encodeURIComponent(token)).toBe(token)
})

test('the bearer is read from its header only', () => {
  expect(bearer({ headers: { authorization: 'Bearer abc' } })).toBe('abc')
  expect(bearer({ headers: { authorization: 'bearer  abc ' } })).toBe('abc')
  expect(bearer({ headers: { authorization: 'Basic abc' } })).toBeUndefined()
  expect(bearer({ headers: {} })).toBeUndefined()
})

test('secrets are compared whole, whatever their lengths', () => {
  expect(sameSecret('abc', 'abc')).toBe(true)
  expect(sameSecret('abc', 'abcd')).toBe(false)
  expect(sameSecret('', 'a')).toBe(false)
})

test('while a secret is rotated both are accepted, and the first is sent', () => {
  const both = bothSecrets('new', 'old')
  expect(['new', 'old', 'other', '', undefined].map((given) => isAccepted(given, both))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  expect(currentSecret(both)).toBe('new')
  expect([bothSecrets('new', undefined), currentSecret('new')]).toEqual(['new', 'new'])
  expect(isAccepted('new', 'new')).toBe(true)
  expect(isAccepted('old', 'new')).toBe(false)
})

test('a token is verified with each secret that may have signed it', () => {
  const payload = { article: '00353', version: 1, exp }
  expect(verifyToken(['new', 'secret'], token, now)).toEqual(payload)
  expect(verifyToken(['secret', 'old'], token, now)).toEqual(payload)
  expect(verifyToken(['new', 'old'], token, now)).toBeUndefined()
})
