import { loadEnvironment, readStackSettings } from '@continuum/environments'
import { beforeAll, expect, test } from 'vitest'
import { makeEnvironment } from './environment.ts'
import { planEnvironment, type PlannedEnvironment } from './proofs/testing/plan-environment.ts'
import { plan } from './proofs/testing/planned.ts'

let ci: PlannedEnvironment
let abroad: PlannedEnvironment
let prod: PlannedEnvironment
beforeAll(async () => {
  const image = { image: 'registry.example.org/continuum:1', tag: 'abc' }
  ci = await planEnvironment('ci', { internet: true }, image)
  abroad = await planEnvironment('continuum-test', { account: '123456789012', region: 'eu-west-1' })
  prod = await planEnvironment('prod')
})

test('everything is made in the region of the environment, in its account alone, and bears its name', () => {
  const [provider] = abroad.of('pulumi:providers:aws')
  expect(provider?.inputs).toMatchObject({
    region: 'eu-west-1',
    allowedAccountIds: JSON.stringify(['123456789012']),
    defaultTags: JSON.stringify({ tags: { project: 'continuum', environment: 'continuum-test' } }),
  })
})

test('a stack puts out what people look for, and what deploys and looks after it', () => {
  expect(abroad.outputs).toMatchObject({
    environment: 'continuum-test',
    region: 'eu-west-1',
    addresses: {
      dashboard: 'https://continuum-test--dashboard.elifesciences.org',
      journal: 'https://continuum-test.elifesciences.org',
      lax: 'https://continuum-test--lax.elifesciences.org',
      cdn: 'https://continuum-test--cdn.elifesciences.org',
    },
    buckets: { production: 'ct-elife-production-final' },
    queues: { starter: 'https://sqs.us-east-1.amazonaws.com/123456789012/ct-workflow-starter-queue' },
    domain: 'Publish.ct',
    cluster: 'ct-continuum',
    services: { worker: 'worker', 'dashboard-web': 'dashboard-web' },
    logGroups: { lax: '/continuum/continuum-test/lax' },
    repository: '123456789012.dkr.ecr.us-east-1.amazonaws.com/ct-continuum',
    tags: { bot: 'abc', dashboard: 'abc', lax: 'abc', journal: 'abc' },
  })
})

test('without CloudFront readers load from the bucket, without alarms nobody is told', () => {
  expect(ci.outputs.addresses.cdn).toBe('https://ci-continuum-publishing-cdn.s3.amazonaws.com')
  expect(ci.outputs).not.toHaveProperty('alarms')
  expect(ci.of('continuum:alarms:Alarms')).toEqual([])
})

test('the certificate of CloudFront is made where CloudFront looks for it', () => {
  expect(abroad.of('pulumi:providers:aws').map(({ name, inputs }) => [name, inputs['region']])).toEqual([
    ['aws', 'eu-west-1'],
    ['aws-us-east-1', 'us-east-1'],
  ])
  // Its own, and that of the archive's copy.
  expect(prod.of('pulumi:providers:aws')).toHaveLength(2)
  expect(abroad.of('aws:acm/certificate:Certificate')).toHaveLength(2)
})

test('what production has before its services: CloudFront with rules before the journal, rules before the balancer, logs of connections', () => {
  const made = (type: string) =>
    prod
      .of(`aws:${type}`)
      .map(({ name }) => name)
      .toSorted()
  expect(made('cloudfront/distribution:Distribution')).toEqual(['cdn-distribution', 'journal-cdn-distribution'])
  expect(made('wafv2/webAcl:WebAcl')).toEqual(['firewall-rules', 'journal-firewall-rules'])
  expect(made('ec2/flowLog:FlowLog')).toEqual(['network-connections'])
  // The certificates of the balancer, of the journal and of the files.
  expect(made('acm/certificate:Certificate')).toHaveLength(3)
  for (const type of ['wafv2/webAcl:WebAcl', 'ec2/flowLog:FlowLog']) expect(ci.of(`aws:${type}`)).toEqual([])
})

test('what CloudFront wants in us-east-1 is made there, wherever the environment is', async () => {
  const cdn = { priceClass: 'PriceClass_100', journal: true } as const
  const { waf } = prod.environment
  const { of } = await planEnvironment('continuum-test', { region: 'eu-west-1', cdn, ...(waf && { waf }) })
  expect(of('pulumi:providers:aws').map(({ inputs }) => inputs['region'])).toEqual(['eu-west-1', 'us-east-1'])
  const policies = of('aws:cloudwatch/logResourcePolicy:LogResourcePolicy').map(
    ({ inputs }) => inputs['policyDocument'],
  )
  expect(policies.map((policy) => /arn:aws:logs:([^:]+):\d+:\*/.exec(String(policy))?.[1])).toEqual([
    'eu-west-1',
    'us-east-1',
  ])
})

test('in a protected environment all that holds data can be neither destroyed nor replaced', () => {
  const data = ['s3/bucket:Bucket', 'sqs/queue:Queue', 'swf/domain:Domain', 'rds/instance:Instance']
  for (const type of [...data, 'ssm/parameter:Parameter']) {
    const made = prod.of(`aws:${type}`)
    expect(made.filter(({ protect }) => protect)).toHaveLength(made.length)
    expect(made.length).toBeGreaterThan(0)
  }
  const held = abroad.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete)
  // A second value of a token holds nothing: its label goes to the next one.
  // A record by which a certificate was proven may be that of another certificate, too.
  const kept = held.filter(({ name }) => !/^services-.*-second$|^(entrance|cdn|journal)-certificate-/.test(name))
  expect(kept.map(({ name }) => name)).toEqual(['storage-domain'])
})

test('a unique environment takes its journals under a name that AWS gives once', () => {
  const claimed = (planned: PlannedEnvironment) => planned.of('aws:ssm/parameter:Parameter').map(({ inputs }) => inputs)
  expect(claimed(prod)).toMatchObject([{ name: '/continuum/unique/elife', overwrite: false }])
  expect(claimed(abroad)).toEqual([])
})

test('what could not run in AWS is not made there', async () => {
  await expect(planEnvironment('local')).rejects.toThrow(
    'The environment local has no database, so it cannot be created in AWS: add one to local.ts',
  )
  const { reachableFrom: _, ...closed } = await loadEnvironment('ci')
  const planClosed = plan(() => makeEnvironment(closed, readStackSettings('ci', {})))
  await expect(planClosed).rejects.toThrow('ci has no domain, so its services are reached without TLS')
})

test('an image outside ECR needs a way to the internet, and then no repository is made', async () => {
  const config = { image: 'registry.example.org/continuum:1', tag: 'abc' }
  await expect(planEnvironment('ci', {}, config)).rejects.toThrow(
    'The image registry.example.org/continuum is not in ECR, and the processes of ci have no internet access',
  )
  expect(ci.outputs.repository).toBe('registry.example.org/continuum')
  expect(ci.of('aws:ecr/repository:Repository')).toEqual([])
})
