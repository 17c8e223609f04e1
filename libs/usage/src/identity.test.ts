import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { identitiesOf, identityOf } from './identity.ts'

const [today, yesterday] = [randomBytes(32), randomBytes(32)]
const keyOfDay = (day: Temporal.PlainDate) => ({ '2026-03-10': today, '2026-03-09': yesterday })[day.toString()]
const reader = { address: '192.0.2.1', userAgent: 'Firefox' }
const at = (time: string) => Temporal.Instant.from(`2026-03-10T${time}Z`)

test('a reader has one name a day, which tells nothing; another browser at the same address is another', () => {
  const { user } = identitiesOf(at('10:00:00'), reader, keyOfDay) ?? {}
  expect(user).toMatch(/^[\w-]{22}$/)
  expect(identitiesOf(at('23:00:00'), reader, keyOfDay)).toEqual({ user })
  expect(identityOf(today, { ...reader, userAgent: 'Safari' })).not.toBe(user)
  expect(identityOf(yesterday, reader)).not.toBe(user)
})

test('in the first 30 seconds of a day a reader has the name of the day before too', () => {
  expect(identitiesOf(at('00:00:29'), reader, keyOfDay)).toEqual({
    user: identityOf(today, reader),
    userBefore: identityOf(yesterday, reader),
  })
  expect(identitiesOf(at('00:00:31'), reader, keyOfDay)).toEqual({ user: identityOf(today, reader) })
})

test('on a day without a key there is no name', () => {
  expect(identitiesOf(Temporal.Instant.from('2026-03-12T10:00:00Z'), reader, keyOfDay)).toBeUndefined()
})
