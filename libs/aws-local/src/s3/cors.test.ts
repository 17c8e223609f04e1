import { PutBucketCorsCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { answerCors, parseCors } from './wire/cors.ts'
import { startS3 } from '../testing/internal/s3-server.ts'

const rule = (inner: string) => `<CORSRule>${inner}</CORSRule>`
const rules = parseCors(
  `<CORSConfiguration>${rule(
    '<AllowedOrigin>https://*.example.org</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedHeader>x-amz-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>',
  )}${rule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>60</MaxAgeSeconds>')}</CORSConfiguration>`,
)
const answer = (origin: string, method: string, ...headers: string[]) => answerCors(rules, { origin, method, headers })

test('the first rule that allows origin, method and headers answers', () => {
  expect(answer('https://a.example.org', 'PUT', 'X-Amz-Date')).toMatchObject({
    'access-control-allow-origin': 'https://a.example.org',
    'access-control-allow-headers': 'X-Amz-Date',
    'access-control-expose-headers': 'ETag',
    'access-control-allow-credentials': 'true',
  })
  expect(answer('http://elsewhere', 'GET')).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-max-age': '60',
  })
})

test.each([
  ['another method', answer('https://a.example.org', 'DELETE')],
  ['another origin', answer('https://example.org', 'PUT')],
  ['another header', answer('https://a.example.org', 'PUT', 'authorization')],
])('no rule for %s', (_, answered) => {
  expect(answered).toBeUndefined()
})

test.each([
  '',
  rule(''),
  rule('<AllowedOrigin>*</AllowedOrigin>'),
  rule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod>'),
  '<Other/>',
])('a configuration of %j is refused', (inner) => {
  expect(() => parseCors(`<CORSConfiguration>${inner}</CORSConfiguration>`)).toThrow()
})

test('CORS headers are in the answers to a preflight and to the request itself', async () => {
  const { s3, Bucket, server, put, raw } = await startS3()
  await put('k', 'x')
  const ask = (method: string) =>
    fetch(`${server.url}/b-1/k`, {
      method: 'OPTIONS',
      headers: { origin: 'http://page', 'access-control-request-method': method },
    })
  expect((await ask('GET')).status).toBe(403)
  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['http://page'] }]
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }))
  expect([(await ask('GET')).status, (await ask('PUT')).status]).toEqual([200, 403])
  const reply = await raw('/b-1/k', { headers: { origin: 'http://page' } })
  expect(reply.headers.get('access-control-allow-origin')).toBe('http://page')
})
