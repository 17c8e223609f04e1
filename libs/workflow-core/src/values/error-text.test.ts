import { expect, test } from 'vitest'
import { errorMessage } from './error-text.ts'

test('the causes of an error follow its message, each once', () => {
  const cause = new Error('connect ECONNREFUSED', { cause: new Error('no route') })
  expect(errorMessage(new Error('fetch failed', { cause }))).toBe('fetch failed: connect ECONNREFUSED: no route')
})

test('18.4: an error whose causes go round keeps its own message', () => {
  const own = new Error('own cause')
  own.cause = own
  expect(errorMessage(own)).toBe('own cause')
  const [one, other] = [new Error('one'), new Error('other')]
  one.cause = other
  other.cause = one
  expect(errorMessage(one)).toBe('one: other')
  const several = new AggregateError([], 'several')
  several.errors.push(several, one)
  expect(errorMessage(several)).toBe('several: one: other')
})
