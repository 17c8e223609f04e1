import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unknown, type Properties, type Value } from '../wire/values.ts'
import { isFargateSize } from './rules/fargate.ts'
import { validate } from './make.ts'
import { network } from './rules/networks.ts'

const refused = (type: string, inputs: Properties) => validate(type, inputs).map(({ property }) => property)
const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource })
const policy = (...Statement: Properties[]) => JSON.stringify({ Version: '2012-10-17', Statement })

test.each<[string, string, string, Value[], Value[]]>([
  [
    'aws:s3/bucket:Bucket',
    'bucket',
    'a name',
    ['ct-elife-publishing-cdn', 'abc'],
    ['CT', 'ab', 'a..b', '-ab', '10.0.0.1', 'x'.repeat(64)],
  ],
  ['aws:sqs/queue:Queue', 'name', 'a name', ['ct-incoming-queue', 'a.fifo'], ['a b', 'x'.repeat(81), '']],
  ['aws:sqs/queue:Queue', 'messageRetentionSeconds', 'a number', [60, 1_209_600], [59, 1_209_601, 60.5]],
  ['aws:swf/domain:Domain', 'name', 'a name', ['Publish.ct', 'P'], ['a:b', 'a/b', 'arn-x', ' x', '']],
  ['aws:swf/domain:Domain', 'workflowExecutionRetentionPeriodInDays', 'days', ['0', '90', 'NONE'], ['91', '-1', '1.5']],
  ['aws:iam/role:Role', 'name', 'a name', ['ct-worker'], ['ct worker', 'x'.repeat(65)]],
  ['aws:cloudwatch/logGroup:LogGroup', 'retentionInDays', 'one of some numbers', [1, 30, 365], [2, 31, 10_000]],
  ['aws:lb/targetGroup:TargetGroup', 'name', 'a name', ['ct-dashboard'], ['-x', 'x-', 'a_b', 'x'.repeat(33)]],
  ['aws:rds/instance:Instance', 'identifier', 'a name', ['ct-continuum'], ['1a', 'a--b', 'a-', 'A']],
  ['aws:ec2/subnet:Subnet', 'vpcId', 'an id', ['vpc-0123456789abcdef0'], ['vpc', 'subnet-0123456789abcdef0']],
  [
    'aws:route53/record:Record',
    'name',
    'a host',
    ['continuum-test--dashboard.elifesciences.org'],
    ['a b.org', `${'x'.repeat(64)}.org`],
  ],
  [
    'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
    'policyArn',
    'an ARN',
    ['arn:aws:iam::aws:policy/X'],
    ['X', 'arn:aws:iam'],
  ],
])('%s: %s must be %s that AWS takes', (type, property, _, taken, others) => {
  for (const value of taken) expect(refused(type, { [property]: value }), JSON.stringify(value)).toEqual([])
  for (const value of others) expect(refused(type, { [property]: value }), JSON.stringify(value)).toEqual([property])
})

describe('policy documents', () => {
  const bucket = (text: string) => refused('aws:s3/bucketPolicy:BucketPolicy', { bucket: 'abc', policy: text })
  const role = (text: string) => refused('aws:iam/rolePolicy:RolePolicy', { name: 'x', role: 'y', policy: text })

  test('of a resource say who, of a role never', () => {
    const statement = allow('s3:GetObject', 'arn:aws:s3:::abc/*')
    expect([bucket(policy({ ...statement, Principal: '*' })), role(policy(statement))]).toEqual([[], []])
    expect([bucket(policy(statement)), role(policy({ ...statement, Principal: '*' }))]).toEqual([
      ['policy'],
      ['policy'],
    ])
  })

  test.each([
    'no JSON',
    '{}',
    policy(),
    policy(allow('GetObject', '*')),
    policy(allow('s3:GetObject', 'abc')),
    JSON.stringify({ Version: '2008-10-17', Statement: [allow('s3:GetObject', '*')] }),
  ])('that AWS would call malformed are refused: %s', (text) => {
    expect(role(text)).toEqual(['policy'])
  })
})

test('a task definition has a size that Fargate has', () => {
  const sizes = [256, 512, 1024, 2048, 4096].map((cpu) => [
    cpu,
    [512, 1024, 1536, 2048, 4096, 8192].filter((memory) => isFargateSize(cpu, memory)),
  ])
  expect(Object.fromEntries(sizes)).toEqual({
    256: [512, 1024, 2048],
    512: [1024, 2048, 4096],
    1024: [2048, 4096, 8192],
    2048: [4096, 8192],
    4096: [8192],
  })
  const task = { family: 'worker', requiresCompatibilities: ['FARGATE'], cpu: '256' }
  expect(refused('aws:ecs/taskDefinition:TaskDefinition', { ...task, memory: '4096' })).toEqual(['memory'])
  expect(refused('aws:ecs/taskDefinition:TaskDefinition', { ...task, memory: '512' })).toEqual([])
})

test('the containers of a task have texts for variables and ARNs for secrets, and stop within 120 s', () => {
  const container = { name: 'worker', image: 'continuum:1', environment: [{ name: 'A', value: '1' }], stopTimeout: 120 }
  const faults = (more: Properties) =>
    refused('aws:ecs/taskDefinition:TaskDefinition', {
      containerDefinitions: JSON.stringify([{ ...container, ...more }]),
    })
  expect(faults({})).toEqual([])
  expect(faults({ stopTimeout: 121 })).toEqual(['containerDefinitions'])
  expect(faults({ environment: [{ name: 'A', value: 1 }] })).toEqual(['containerDefinitions'])
  expect(faults({ secrets: [{ name: 'A', valueFrom: 'lax-token' }] })).toEqual(['containerDefinitions'])
  const capable = (capabilities: Properties) => ({ linuxParameters: { capabilities } })
  expect(faults(capable({ drop: ['ALL'], add: ['SYS_PTRACE'] }))).toEqual([])
  expect(faults(capable({ add: ['NET_ADMIN'] }))).toEqual(['containerDefinitions'])
  expect(faults({ privileged: true })).toEqual(['containerDefinitions'])
  expect(faults({ dockerSecurityOptions: ['no-new-privileges'] })).toEqual(['containerDefinitions'])
})

test('a container waits for another of its task, and for the end of one that is not essential', () => {
  const faults = (condition: string, before: Properties) =>
    refused('aws:ecs/taskDefinition:TaskDefinition', {
      containerDefinitions: JSON.stringify([
        { name: 'lax', image: 'continuum:1', dependsOn: [{ containerName: 'database-user', condition }] },
        { name: 'database-user', image: 'continuum:1', ...before },
      ]),
    })
  expect(faults('SUCCESS', { essential: false })).toEqual([])
  expect(faults('SUCCESS', {})).toEqual(['containerDefinitions'])
  expect(faults('START', {})).toEqual([])
  expect(faults('READY', {})).toEqual(['containerDefinitions'])
  expect(faults('START', { name: 'another' })).toEqual(['containerDefinitions'])
})

test('a network is its own first address: the bits beyond its prefix are 0', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), fc.integer({ min: 0, max: 32 }), (bytes, prefix) => {
      const bits = bytes.map((each) => each.toString(2).padStart(8, '0')).join('')
      const found = network(`${bytes.join('.')}/${prefix}`)
      expect(found !== undefined).toBe(!bits.slice(prefix).includes('1'))
    }),
  )
})

test('notifications of one bucket tell an object once, and a bucket does not log into itself', () => {
  const rule = (filterPrefix: string) => ({
    queueArn: 'arn:aws:sqs:us-east-1:123456789012:q',
    events: ['s3:ObjectCreated:*'],
    filterPrefix,
  })
  const rules = (...prefixes: string[]) =>
    refused('aws:s3/bucketNotification:BucketNotification', { bucket: 'abc', queues: prefixes.map(rule) })
  expect(rules('cdn/', 'journal/')).toEqual([])
  expect(rules('cdn/', 'cdn/a')).toEqual(['queues'])
  expect(rules('', 'journal/')).toEqual(['queues'])
  const logging = (targetBucket: string) =>
    refused('aws:s3/bucketLogging:BucketLogging', { bucket: 'abc', targetBucket, targetPrefix: 'x/' })
  expect([logging('logs'), logging('abc')]).toEqual([[], ['targetBucket']])
})

test('access logs of a load balancer and flow logs go to a folder that AWS takes', () => {
  const balancer = (prefix: string) =>
    refused('aws:lb/loadBalancer:LoadBalancer', { accessLogs: { enabled: true, bucket: 'logs', prefix } })
  expect([balancer('lb'), balancer('lb/'), balancer('AWSLogs')]).toEqual([[], ['accessLogs'], ['accessLogs']])
  const flows = (logDestination: string) =>
    refused('aws:ec2/flowLog:FlowLog', { logDestinationType: 's3', logDestination })
  expect([flows('arn:aws:s3:::logs/network/'), flows('arn:aws:s3:::logs/AWSLogs/'), flows('logs')]).toEqual([
    [],
    ['logDestination'],
    ['logDestination'],
  ])
})

test('a distribution asks one of its origins, with methods, ports and headers that CloudFront takes', () => {
  const behaviour = { targetOriginId: 'a', allowedMethods: ['HEAD', 'GET'] }
  const origin = { originId: 'a', domainName: 'a.elb.test', customOriginConfig: { httpPort: 80, httpsPort: 8443 } }
  const faults = (more: Properties) =>
    refused('aws:cloudfront/distribution:Distribution', { origins: [origin], defaultCacheBehavior: behaviour, ...more })
  expect(faults({})).toEqual([])
  expect(faults({ orderedCacheBehaviors: [{ ...behaviour, targetOriginId: 'b' }] })).toEqual(['orderedCacheBehaviors'])
  expect(faults({ defaultCacheBehavior: { ...behaviour, allowedMethods: ['GET', 'POST'] } })).toEqual([
    'defaultCacheBehavior',
  ])
  expect(faults({ origins: [{ ...origin, customHeaders: [{ name: 'x-secret', value: 's' }] }] })).toEqual([])
  expect(faults({ origins: [{ ...origin, customHeaders: [{ name: 'Host', value: 's' }] }] })).toEqual(['origins'])
  expect(faults({ origins: [{ ...origin, customOriginConfig: { httpPort: 80, httpsPort: 444 } }] })).toEqual([
    'origins',
  ])
})

test('a rule of WAF has an action of the kind that fits it, and a web ACL no two of one priority', () => {
  const visibilityConfig = { metricName: 'm', cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true }
  const rate = (limit: number) => ({
    statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP' } },
    visibilityConfig,
  })
  const group = { statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'X' } }, visibilityConfig }
  const faults = (...rules: Properties[]) => refused('aws:wafv2/webAcl:WebAcl', { name: 'x', rules })
  const [block, count] = [{ action: { block: {} } }, { overrideAction: { count: {} } }]
  expect(faults({ ...rate(10), ...block, priority: 0 }, { ...group, ...count, priority: 1 })).toEqual([])
  expect(faults({ ...rate(9), ...block, priority: 0 })).toEqual(['rules'])
  expect(faults({ ...rate(10), ...count, priority: 0 })).toEqual(['rules'])
  expect(faults({ ...group, ...block, priority: 0 })).toEqual(['rules'])
  expect(faults({ ...rate(10), ...block, priority: 0 }, { ...rate(20), ...block, priority: 0 })).toEqual(['rules'])
  const logging = (destination: string) =>
    refused('aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration', { logDestinationConfigs: [destination] })
  const groups = 'arn:aws:logs:us-east-1:123456789012:log-group:'
  expect([logging(`${groups}aws-waf-logs-ct`), logging(`${groups}waf`)]).toEqual([[], ['logDestinationConfigs']])
})

test('a private name has the one threshold of health that Cloud Map has, and one kind of check', () => {
  const name = (more: Properties) => refused('aws:servicediscovery/service:Service', { name: 'lax', ...more })
  expect(name({ healthCheckCustomConfig: { failureThreshold: 1 } })).toEqual([])
  expect(name({ healthCheckCustomConfig: { failureThreshold: 3 } })).toEqual(['healthCheckCustomConfig'])
  expect(name({ healthCheckCustomConfig: {}, healthCheckConfig: { type: 'HTTP' } })).toEqual([
    'healthCheckCustomConfig',
  ])
})

test('tags are what every service takes, and EC2 takes more', () => {
  const tags = { Name: 'default, closed' }
  expect([refused('aws:ec2/vpc:Vpc', { tags }), refused('aws:sqs/queue:Queue', { tags })]).toEqual([[], ['tags']])
  expect(refused('aws:sqs/queue:Queue', { tags: { 'aws:x': 'y' } })).toEqual(['tags'])
})

test('what is not known yet is not judged, and the text of a value that was not there is refused', () => {
  expect(refused('aws:sqs/queuePolicy:QueuePolicy', { queueUrl: unknown, policy: unknown })).toEqual([])
  expect(refused('aws:sqs/queue:Queue', { description: 'of undefined' })).toEqual(['description'])
})

test('a type that the stand-in does not know is refused, with where to add it', () => {
  expect(() => validate('aws:lambda/function:Function', {})).toThrow(
    /aws:lambda\/function:Function.*infra\/proofs\/stand-in\/services/,
  )
})
