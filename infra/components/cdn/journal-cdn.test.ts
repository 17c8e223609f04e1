import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan } from '../../proofs/testing/planned.ts'
import { JournalCdn, type JournalCdnArgs } from './journal-cdn.ts'

async function journalOf(args: Partial<JournalCdnArgs> = {}, usageSource: 'journal' | 'cdn-logs' = 'journal') {
  const { resources } = await plan(
    () =>
      new JournalCdn('journal-cdn', {
        environment: { ...plainEnvironment, cdn: { priceClass: 'PriceClass_200', journal: true }, usageSource },
        host: 'journal.example.org',
        zoneId: 'Z1',
        certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
        origin: { domainName: 'ct-continuum.elb.test', secret: 'a secret of many characters' },
        logs: { domainName: 'ct-logs.s3.us-east-1.amazonaws.com' },
        ...args,
      }),
  )
  const inputsOf = (name: string) => resources.find((each) => each.name === name)?.inputs
  return { distribution: inputsOf('journal-cdn-distribution'), inputsOf }
}

const [cachingDisabled, originDecides] = [
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
]

test('it asks the load balancer over TLS, at the port that is for it, with the secret', async () => {
  const { distribution } = await journalOf()
  expect(distribution).toMatchObject({
    origins: [
      {
        domainName: 'ct-continuum.elb.test',
        customHeaders: [{ name: 'x-continuum-cdn', value: 'a secret of many characters' }],
        customOriginConfig: { httpsPort: 8443, originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] },
      },
    ],
    priceClass: 'PriceClass_200',
  })
})

test('where the site counts its readers every page is asked of it, and only what pages load is kept', async () => {
  const { distribution } = await journalOf()
  expect(distribution).toMatchObject({
    defaultCacheBehavior: { cachePolicyId: cachingDisabled, viewerProtocolPolicy: 'redirect-to-https' },
    orderedCacheBehaviors: [
      { pathPattern: '/assets/*', cachePolicyId: originDecides, allowedMethods: ['GET', 'HEAD'] },
    ],
  })
  const { allowedMethods, originRequestPolicyId } = Object(distribution?.['defaultCacheBehavior'])
  expect(allowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'])
  // The request as the reader made it: host, cookies and query.
  expect(originRequestPolicyId).toBe('216adef6-2c7f-47e4-b989-5492eafa07d3')
})

test("where CloudFront's logs are counted, the site says what is kept", async () => {
  const { distribution } = await journalOf({}, 'cdn-logs')
  expect(distribution).toMatchObject({ defaultCacheBehavior: { cachePolicyId: originDecides } })
})

test('requests are logged apart from those of the files, without cookies', async () => {
  const { distribution } = await journalOf()
  expect(distribution).toMatchObject({
    loggingConfig: { bucket: 'ct-logs.s3.us-east-1.amazonaws.com', prefix: 'journal/', includeCookies: false },
  })
})

test('the host leads to it, for both kinds of address, with a certificate of its own', async () => {
  const { distribution, inputsOf } = await journalOf()
  expect(distribution).toMatchObject({
    aliases: ['journal.example.org'],
    viewerCertificate: {
      acmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
      minimumProtocolVersion: 'TLSv1.2_2021',
    },
  })
  const aliases = [{ name: 'journal-cdn-distribution.cloudfront.test' }]
  for (const type of ['A', 'AAAA'])
    expect(inputsOf(`journal-cdn-${type.toLowerCase()}`)).toMatchObject({ name: 'journal.example.org', type, aliases })
})

test('the rules of WAF are before it where there are some', async () => {
  const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/ct-journal/1'
  expect((await journalOf({ webAclArn })).distribution).toMatchObject({ webAclId: webAclArn })
  expect((await journalOf()).distribution).not.toHaveProperty('webAclId')
})
