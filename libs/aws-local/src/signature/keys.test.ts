import { expect, test } from 'vitest'
import { parseKeys, secrets, InvalidKeysError } from './keys.ts'

test('keys are ids with their secrets', () => {
  const secretOf = secrets(parseKeys('{"AKIAONE":"s3cret/+"}'))
  expect(secretOf('AKIAONE')).toBe('s3cret/+')
  expect(secretOf('AKIATWO')).toBeUndefined()
  expect(secretOf('constructor')).toBeUndefined()
})

test('anything but a list of keys is refused', () => {
  for (const text of ['', '[]', 'null', '{}', '{"AKIAONE":""}', '{"AKIAONE":1}', '{"with space":"x"}'])
    expect(() => parseKeys(text)).toThrow(InvalidKeysError)
})
