import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { AwsError, standIn } from '../environments/aws.fixture.ts'
import { cdnAddress, storeAddress } from './store-address.ts'

const base = mkdtempSync(join(tmpdir(), 'store-'))
afterAll(() => rmSync(base, { recursive: true }))
const of = (env: string, more = {}) => ({ env, data: '.continuum', base, ...more })

test('the token of an environment in AWS is read from its secret, with the credentials of the shell', async () => {
  const asked = await standIn('SECRETS_MANAGER', { GetSecretValue: () => ({ SecretString: 'the token' }) })
  expect(await storeAddress(of('continuum-test'))).toEqual({
    url: 'https://continuum-test--lax.elifesciences.org',
    token: 'the token',
  })
  expect(asked).toMatchObject([{ input: { SecretId: 'continuum/continuum-test/lax-token' } }])
  expect(await cdnAddress(of('continuum-test'))).toBe('https://continuum-test--cdn.elifesciences.org')
})

test('credentials that may not read it are told so', async () => {
  await standIn('SECRETS_MANAGER', {
    GetSecretValue: () => {
      throw new AwsError('AccessDeniedException')
    },
  })
  await expect(storeAddress(of('continuum-test'))).rejects.toThrow('These credentials lack permission')
})

test('LAX_TOKEN and --url come first', async () => {
  vi.stubEnv('LAX_TOKEN', 'mine')
  onTestFinished(() => void vi.unstubAllEnvs())
  const url = 'https://lax.example.org/'
  for (const env of ['ci', 'local']) {
    expect(await storeAddress(of(env, { url }))).toEqual({ url: 'https://lax.example.org', token: 'mine' })
  }
  await expect(storeAddress(of('ci'))).rejects.toThrow('ci has no domain')
})

test('where nothing runs on this machine, that is said', async () => {
  await expect(storeAddress(of('local'))).rejects.toThrow('Nothing is running on')
})
