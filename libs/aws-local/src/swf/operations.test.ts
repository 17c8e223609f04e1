import * as sdk from '@aws-sdk/client-swf'
import { expect, test } from 'vitest'
import { operations } from './operations.ts'

test('every operation that the SDK knows is there, and no other', () => {
  const known = Object.keys(sdk)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.replace(/Command$/, ''))
  expect(new Set(operations.keys())).toEqual(new Set(known))
  expect(operations.size).toBe(39)
})
