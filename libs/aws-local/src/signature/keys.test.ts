import { expect, test } from 'vitest'
import { parseKeys, secrets, InvalidKeysError } from './keys.ts'

test('keys are ids with their secrets', () => {
  const secretOf = secrets(parseKeys('{"AKIAONE":"s3cret/+"}'))
  expect(secretOf('AKIAONE')).toBe('s3cret/+')
  expect(secretOf('AKIATWO')).toBeUndefined()
  expect(secretOf('constructor')).toBeUndefined()
})

test('what is no list of keys is told', () => {
  for (const text of ['', '[]', 'null', '{}', '{"AKIAONE":""}', '{"AKIAONE":1}', '{"with space":"x"}'])
    expect(() => parseKeys(text)).toThrow(InvalidKeysError)
})
