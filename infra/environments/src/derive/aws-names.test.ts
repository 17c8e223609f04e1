import { expect, test } from 'vitest'
import { awsNamesOf } from './aws-names.ts'

test('what is unique in an account begins with the prefix, and in production with the name', () => {
  expect(awsNamesOf({ name: 'continuum-test', prefix: 'ct-' }).cluster).toBe('ct-continuum')
  expect(awsNamesOf({ name: 'prod', prefix: '' }).cluster).toBe('prod-continuum')
})

test('logs and secrets lie below the name of the environment', () => {
  const { logGroup, secret, service } = awsNamesOf({ name: 'continuum-test', prefix: 'ct-' })
  expect([logGroup('lax'), secret('lax-token'), service('lax')]).toEqual([
    '/continuum/continuum-test/lax',
    'continuum/continuum-test/lax-token',
    'lax',
  ])
})
