import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { loadEnvironment } from '@continuum/environments'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { AwsError, standIn } from '../environments/aws.fixture.ts'
import { callerOf } from './caller.ts'
import { dashboardAddress } from './dashboard-address.ts'

const base = mkdtempSync(join(tmpdir(), 'dashboard-'))
afterAll(() => rmSync(base, { recursive: true }))
const of = (env: string, more = {}) => ({ env, data: '.continuum', base, ...more })

test('the dashboard of an environment in AWS has its host and the secret that signs links there', async () => {
  const asked = await standIn('SECRETS_MANAGER', { GetSecretValue: () => ({ SecretString: 'the secret' }) })
  const { url, secret } = await dashboardAddress(of('continuum-test'))
  expect(url).toBe('https://continuum-test--dashboard.elifesciences.org')
  expect(await secret('sign-in-secret')).toBe('the secret')
  expect(asked).toMatchObject([{ input: { SecretId: 'continuum/continuum-test/sign-in-secret' } }])
})

test('whoever may not read the secret gets no link, and is told so', async () => {
  await standIn('SECRETS_MANAGER', {
    GetSecretValue: () => {
      throw new AwsError('AccessDeniedException')
    },
  })
  const { secret } = await dashboardAddress(of('continuum-test'))
  await expect(secret('sign-in-secret')).rejects.toThrow('These credentials lack permission')
})

test('an environment without a domain wants --url; where nothing runs on this machine, that is said', async () => {
  await expect(dashboardAddress(of('ci'))).rejects.toThrow('ci has no domain')
  expect((await dashboardAddress(of('ci', { url: 'https://here.example/' }))).url).toBe('https://here.example')
  await expect(dashboardAddress(of('local'))).rejects.toThrow('Nothing is running on')
})

test("the person at the command line is the system's user here, and the caller of STS in AWS", async () => {
  expect(await callerOf(await loadEnvironment('local'))).toBe(userInfo().username)
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const known = new URLSearchParams(body).get('Action') === 'GetCallerIdentity'
      response.writeHead(known ? 200 : 400, { 'content-type': 'text/xml' })
      response.end(
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
          '<Arn>arn:aws:sts::123456789012:assumed-role/Operators/ada</Arn><UserId>x</UserId><Account>123456789012</Account>' +
          '</GetCallerIdentityResult></GetCallerIdentityResponse>',
      )
    })
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    vi.unstubAllEnvs()
    server.close()
  })
  await once(server, 'listening')
  vi.stubEnv('AWS_ENDPOINT_URL_STS', `http://127.0.0.1:${Object(server.address()).port}`)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  expect(await callerOf(await loadEnvironment('continuum-test'))).toBe('assumed-role/Operators/ada')
})
