import { expect, test } from 'vitest'
import { partOf, shared } from './shared-settings.ts'

test('what all that know a variable agree on is said once, the rest for each service by its name', () => {
  const told = shared(
    new Map([
      ['lax', { PORT: '4602', LOG_LEVEL: 'info', DATABASE_URL: 'postgres://lax' }],
      ['journal', { PORT: '4601', LOG_LEVEL: 'info', DATABASE_URL: 'postgres://journal' }],
      ['worker', { LOG_LEVEL: 'info', WORKER_CONCURRENCY: '8' }],
    ] as const),
  )
  expect(told).toEqual({
    LAX_PORT: '4602',
    JOURNAL_PORT: '4601',
    LAX_DATABASE_URL: 'postgres://lax',
    JOURNAL_DATABASE_URL: 'postgres://journal',
    LOG_LEVEL: 'info',
    WORKER_CONCURRENCY: '8',
  })
})

test('a service that is told nothing of what it knows does not get what another is told', () => {
  const each = new Map([
    ['lax', { TRUSTED_PROXIES: '["10.0.0.0/8"]' }],
    ['journal', {}],
  ] as const)
  expect(shared(each)).toEqual({ LAX_TRUSTED_PROXIES: '["10.0.0.0/8"]' })
  expect(partOf('journal', shared(each))).toEqual({})
  expect(partOf('lax', shared(each))).toEqual({ TRUSTED_PROXIES: '["10.0.0.0/8"]' })
})

test("the name by which AWS's log knows the caller is the process's own, which is one", () => {
  const each = new Map([
    ['lax', { AWS_SDK_UA_APP_ID: 'continuum-lax' }],
    ['journal', { AWS_SDK_UA_APP_ID: 'continuum-journal' }],
  ] as const)
  expect(shared(each)).toEqual({ AWS_SDK_UA_APP_ID: 'continuum-services' })
})
