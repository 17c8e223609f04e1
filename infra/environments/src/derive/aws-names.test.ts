import { expect, test } from 'vitest'
import { awsNamesOf } from './aws-names.ts'

test('what is unique in an account begins with the prefix, and in production with the name', () => {
  expect(awsNamesOf({ name: 'continuum-test', prefix: 'ct-', shape: 'separate' }).cluster).toBe('ct-continuum')
  expect(awsNamesOf({ name: 'prod', prefix: '', shape: 'separate' }).cluster).toBe('prod-continuum')
})

test('logs and secrets lie below the name of the environment', () => {
  const { logGroup, secret, service } = awsNamesOf({ name: 'continuum-test', prefix: 'ct-', shape: 'separate' })
  expect([logGroup('lax'), secret('lax-token'), service('lax')]).toEqual([
    '/continuum/continuum-test/lax',
    'continuum/continuum-test/lax-token',
    'lax',
  ])
})

test('in the shape small all processes but the worker are one container of one service, and generated secrets are one', () => {
  const names = awsNamesOf({ name: 'press', prefix: 'press-', shape: 'small' })
  expect([names.service('lax'), names.service('worker')]).toEqual(['services', 'services'])
  expect([names.container('lax'), names.container('worker')]).toEqual(['services', 'worker'])
  expect([names.logGroup('lax'), names.logGroup('worker')]).toEqual([
    '/continuum/press/services',
    '/continuum/press/worker',
  ])
  expect([names.secret('lax-token'), names.secretKey('lax-token')]).toEqual(['continuum/press/generated', 'lax-token'])
  expect([names.secret('mail-password'), names.secretKey('mail-password')]).toEqual([
    'continuum/press/mail-password',
    undefined,
  ])
})
