import type { Environment } from '@continuum/environments'
import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf } from '../../proofs/testing/planned.ts'
import { Cdn, type CdnArgs } from './cdn.ts'

const bucket = { name: 'ct-cdn', arn: 'arn:aws:s3:::ct-cdn', domainName: 'ct-cdn.s3.us-east-1.amazonaws.com' }
const behind = { ...plainEnvironment, cdn: { priceClass: 'PriceClass_200' as const, journal: false } }

const logs = { domainName: 'ct-logs.s3.us-east-1.amazonaws.com' }

async function cdnOf(args: Partial<CdnArgs> = {}) {
  const { made, resources } = await plan(() => new Cdn('cdn', { environment: behind, bucket, logs, ...args }))
  const inputsOf = (name: string) => resources.find((resource) => resource.name === name)?.inputs
  return { cdn: made, resources, inputsOf }
}

test('the policy of a bucket that was taken over stays with it when the environment goes', async () => {
  const staying = async (adoptedBuckets: Environment['adoptedBuckets']) => {
    const { resources } = await cdnOf({ environment: { ...behind, adoptedBuckets } })
    return resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name)
  }
  expect(await staying(['cdn'])).toEqual(['cdn-reading'])
  expect(await staying(['archive'])).toEqual([])
})

test('CloudFront alone reads the bucket, and signs what it asks', async () => {
  const { inputsOf, resources } = await cdnOf()
  expect(inputsOf('cdn-access')).toMatchObject({ signingBehavior: 'always', signingProtocol: 'sigv4' })
  expect(inputsOf('cdn-distribution')).toMatchObject({
    origins: [{ domainName: bucket.domainName, originAccessControlId: 'cdn-access-id' }],
  })
  const { bucket: of, policy } = inputsOf('cdn-reading') ?? {}
  expect(of).toBe('ct-cdn')
  expect(JSON.parse(String(policy)).Statement).toEqual([
    expect.objectContaining({ Sid: 'TlsOnly', Effect: 'Deny' }),
    {
      Sid: 'CloudFrontReads',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::ct-cdn/*',
      Condition: {
        StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/cdn-distribution' },
      },
    },
  ])
  expect(resources.slice(1).every(({ name, parent }) => parent === 'cdn' && name.startsWith('cdn-'))).toBe(true)
})

test('scenario 38: what is loaded is logged, without cookies, where usage is counted', async () => {
  const { inputsOf } = await cdnOf()
  expect(inputsOf('cdn-distribution')).toMatchObject({
    loggingConfig: { bucket: logs.domainName, prefix: 'cdn/', includeCookies: false },
  })
})

test('readers are answered over TLS, compressed, from the places that the environment pays for', async () => {
  const { inputsOf } = await cdnOf()
  expect(inputsOf('cdn-distribution')).toMatchObject({
    priceClass: 'PriceClass_200',
    defaultCacheBehavior: {
      viewerProtocolPolicy: 'redirect-to-https',
      compress: true,
      cachePolicyId: 'cdn-caching-id',
      responseHeadersPolicyId: 'cdn-headers-id',
    },
  })
})

test('a correction is seen within five minutes, and scripts of any site may read', async () => {
  const { inputsOf } = await cdnOf()
  expect(inputsOf('cdn-caching')).toMatchObject({ name: 'ct-cdn', minTtl: 0, defaultTtl: 300 })
  expect(inputsOf('cdn-headers')).toMatchObject({
    corsConfig: { accessControlAllowOrigins: { items: ['*'] }, accessControlAllowCredentials: false },
    securityHeadersConfig: { contentTypeOptions: { override: true } },
  })
})

test('18.9: a published SVG, XML or HTML runs no script at the address of the CDN', async () => {
  const { inputsOf } = await cdnOf()
  expect(inputsOf('cdn-headers')).toMatchObject({
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy: expect.stringContaining("script-src 'none'"), override: true },
    },
  })
})

test('without a domain readers use the name that CloudFront gives', async () => {
  const { cdn, inputsOf, resources } = await cdnOf()
  expect(await valueOf(cdn.url)).toBe('https://cdn-distribution.cloudfront.test')
  expect(inputsOf('cdn-distribution')).toMatchObject({ viewerCertificate: { cloudfrontDefaultCertificate: true } })
  expect(inputsOf('cdn-distribution')).not.toHaveProperty('aliases')
  expect(resources.filter(({ type }) => type.startsWith('aws:route53'))).toEqual([])
})

test('with a domain it has its host name there, for both kinds of address', async () => {
  const environment = { ...behind, domain: { name: 'elife.org' } }
  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1'
  const { cdn, inputsOf } = await cdnOf({ environment, host: { zoneId: 'Z1', certificateArn } })
  expect(await valueOf(cdn.url)).toBe('https://continuum-test--cdn.elife.org')
  expect(inputsOf('cdn-distribution')).toMatchObject({
    aliases: ['continuum-test--cdn.elife.org'],
    viewerCertificate: { acmCertificateArn: certificateArn, minimumProtocolVersion: 'TLSv1.2_2021' },
  })
  for (const [name, type] of [
    ['cdn-a', 'A'],
    ['cdn-aaaa', 'AAAA'],
  ] as const) {
    expect(inputsOf(name)).toMatchObject({
      zoneId: 'Z1',
      name: 'continuum-test--cdn.elife.org',
      type,
      aliases: [{ name: 'cdn-distribution.cloudfront.test' }],
    })
  }
})
