import { describe, expect, test } from 'vitest'
import { policies } from './policies.ts'
import { made, provider } from './made.fixture.ts'
import { notYetKnown, violationsOf, type Checked } from './model/policy.ts'

const told = (...resources: Checked[]) =>
  violationsOf(
    // Of whether buckets and queues deny what comes without TLS another test tells.
    policies.filter(({ name }) => name !== 'tls-only'),
    resources,
  ).map(({ policy, name, message }) => `${policy} ${name}: ${message}`)

const closed = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true }
const everybodyReads = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
})

/** A bucket as it should be. */
const bucket = (name: string) => [
  made('s3/bucket:Bucket', { bucket: name }),
  made('s3/bucketPublicAccessBlock:BucketPublicAccessBlock', { bucket: name, ...closed }),
  made('s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', { bucket: name }),
  made('s3/bucketLogging:BucketLogging', { bucket: name, targetBucket: 'logs' }),
]
const redrive = (dead: string) =>
  JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:123456789012:${dead}`, maxReceiveCount: 5 })
const queue = (name: string, more = {}) => made('sqs/queue:Queue', { name, sqsManagedSseEnabled: true, ...more })

describe('replicated with versions', () => {
  const versions = (of: string) =>
    made('s3/bucketVersioning:BucketVersioning', { bucket: of, versioningConfiguration: { status: 'Enabled' } })
  const replication = (deletions: string, prefix = '') =>
    made(
      's3/bucketReplicationConfig:BucketReplicationConfig',
      {
        bucket: 'a',
        rules: [
          {
            filter: { prefix },
            deleteMarkerReplication: { status: deletions },
            destination: { bucket: 'arn:aws:s3:::b' },
          },
        ],
      },
      { name: 'copy' },
    )
  const both = [...bucket('a'), ...bucket('b')]

  test('a copy between buckets with versions, which no deletion empties, is well', () => {
    expect(told(...both, versions('a'), versions('b'), replication('Disabled'))).toEqual([])
    expect(told(...both, versions('a'), versions('b'), replication('Enabled', 'marks/'))).toEqual([])
  })

  test('one without versions, or that deletes what is deleted, is not', () => {
    expect(told(...both, versions('b'), replication('Disabled'))).toEqual([
      expect.stringContaining('copy: is about a, which has no versions'),
    ])
    expect(told(...both, versions('a'), replication('Disabled'))).toEqual([
      expect.stringContaining('copy: is about b, which has no versions'),
    ])
    expect(told(...both, versions('a'), versions('b'), replication('Enabled'))).toEqual([
      expect.stringContaining('deletes copies of whatever is deleted'),
    ])
  })
})

describe('no public bucket', () => {
  test('a bucket that keeps the public out is well', () => expect(told(...bucket('ct-x-publishing-xml'))).toEqual([]))

  test('a policy, an access list or a missing block lets the public in', () => {
    const name = 'ct-x-publishing-expanded'
    const [plain, , encrypted, logged] = bucket(name)
    expect(
      told(...bucket(name), made('s3/bucketPolicy:BucketPolicy', { bucket: name, policy: everybodyReads })),
    ).toEqual([expect.stringContaining('no-public-bucket ct-x-publishing-expanded: is open to everybody')])
    expect(told(...bucket(name), made('s3/bucketAcl:BucketAcl', { bucket: name, acl: 'public-read' }))).toEqual([
      expect.stringContaining('public-read'),
    ])
    expect(told(...[plain, encrypted, logged].flatMap((each) => each ?? []))).toEqual([
      expect.stringContaining('no BucketPublicAccessBlock'),
    ])
    const gap = made('s3/bucketPublicAccessBlock:BucketPublicAccessBlock', {
      bucket: name,
      ...closed,
      blockPublicPolicy: false,
    })
    expect(told(gap)).toEqual([expect.stringContaining('(blockPublicPolicy not true)')])
  })

  test('everybody may read the CDN bucket, but not where CloudFront does it for them', () => {
    const name = 'ct-x-publishing-cdn'
    const open = [
      ...bucket(name),
      made('s3/bucketPolicy:BucketPolicy', { bucket: name, policy: everybodyReads }, { name: 'reading' }),
    ]
    expect(told(...open)).toEqual([])
    expect(told(...open, made('cloudfront/distribution:Distribution', { loggingConfig: {} }))).toEqual([
      expect.stringContaining('no-public-bucket reading: is open to everybody although CloudFront'),
    ])
  })
})

test('of a bucket whose name is not known yet nothing is said', () => {
  const unnamed = { ...closed, bucket: notYetKnown, blockPublicPolicy: false }
  expect(told(made('s3/bucketPublicAccessBlock:BucketPublicAccessBlock', unnamed))).toEqual([])
})

describe('encryption', () => {
  test.each([
    ['sqs/queue:Queue', { name: 'a-dead' }, { sqsManagedSseEnabled: true }],
    ['sns/topic:Topic', { name: 'a' }, { kmsMasterKeyId: notYetKnown }],
    ['rds/instance:Instance', { name: 'a', storageEncrypted: false }, { storageEncrypted: true }],
    ['rds/cluster:Cluster', { name: 'a' }, { storageEncrypted: true }],
  ])('%s that is not encrypted is found', (type, bare, secured) => {
    expect(told(made(type, bare)).filter((line) => line.startsWith('encryption'))).toEqual([
      expect.stringContaining('is not encrypted'),
    ])
    expect(told(made(type, { ...bare, ...secured })).filter((line) => line.startsWith('encryption'))).toEqual([])
  })

  test('a bucket says how it is encrypted', () => {
    const [plain, block, , logged] = bucket('ct-x-publishing-eif')
    expect(told(...[plain, block, logged].flatMap((each) => each ?? []))).toEqual([
      expect.stringContaining('does not say how it is encrypted'),
    ])
  })

  test('what listens on port 80 sends people to TLS and does nothing else', () => {
    const listener = (type: string) =>
      made('lb/listener:Listener', { protocol: 'HTTP', port: 80, defaultActions: [{ type }] })
    expect(told(listener('redirect'))).toEqual([])
    expect(told(listener('forward'))).toEqual([expect.stringContaining('serves without TLS')])
  })
})

describe('least privilege', () => {
  const role = (Action: unknown, Resource: unknown) =>
    made('iam/rolePolicy:RolePolicy', {
      name: 'r',
      policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource }] }),
    })

  test.each([
    ['*', '*'],
    ['s3:*', '*'],
    [['swf:PollForDecisionTask', '*'], ['*']],
  ])('%s on %s is found', (action, resource) => {
    expect(told(role(action, resource))).toEqual([
      expect.stringMatching(/^least-privilege r: allows \S+ on every resource/),
    ])
  })

  test('all but some actions, on all but some resources, is everything', () => {
    const policy = JSON.stringify({ Statement: { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:x' } })
    expect(told(made('iam/policy:Policy', { name: 'p', policy }))).toEqual([
      expect.stringContaining('allows * on every resource'),
    ])
  })

  test('an administrator is found by the name of the policy', () => {
    const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    expect(told(made('iam/rolePolicyAttachment:RolePolicyAttachment', { policyArn }))).toEqual([
      expect.stringContaining('AdministratorAccess'),
    ])
  })

  test('one action on all, all on one, and a key for its account are well', () => {
    const key = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] })
    expect(
      told(
        role('cloudwatch:PutMetricData', '*'),
        role('s3:*', 'arn:aws:s3:::b/*'),
        made('kms/key:Key', { policy: key }),
      ),
    ).toEqual([])
  })

  test('of what is not known yet nothing is said', () => {
    expect(told(made('iam/rolePolicy:RolePolicy', { policy: notYetKnown }))).toEqual([])
  })
})

describe('dead-letter queues', () => {
  test('a queue without one is found; a dead-letter queue needs none', () => {
    expect(told(queue('a', { redrivePolicy: redrive('a-dead') }), queue('a-dead'))).toEqual([])
    expect(told(queue('b'))).toEqual(['dead-letter-queues b: has no dead-letter queue: give it a redrivePolicy'])
  })

  test('a name does not make a dead-letter queue', () => {
    expect(told(queue('a', { redrivePolicy: redrive('a-dead') }), queue('a-dead'), queue('b-dead'))).toEqual([
      'dead-letter-queues b-dead: has the name of a dead-letter queue but is the dead-letter queue of none',
    ])
  })

  test('before the dead-letter queue is made nobody knows its ARN, and nothing is found', () => {
    expect(told(queue('a', { redrivePolicy: notYetKnown }), queue('a-dead'))).toEqual([])
  })
})

test('a log group that keeps everything for ever is found', () => {
  expect(told(made('cloudwatch/logGroup:LogGroup', { name: 'l' }))).toEqual([
    expect.stringContaining('log-retention l'),
  ])
  expect(told(made('cloudwatch/logGroup:LogGroup', { name: 'l', retentionInDays: 30 }))).toEqual([])
})

describe('logs of requests', () => {
  test('a load balancer, a distribution or a bucket that has none is found', () => {
    const balancer = (accessLogs: unknown) => made('lb/loadBalancer:LoadBalancer', { name: 'entrance', accessLogs })
    expect(told(balancer({ enabled: true, bucket: 'logs' }))).toEqual([])
    expect(told(balancer({ enabled: false, bucket: 'logs' }))).toEqual([
      expect.stringContaining('access-logs entrance: logs no requests'),
    ])
    expect(told(made('cloudfront/distribution:Distribution', {}))).toEqual([expect.stringContaining('loggingConfig')])
    expect(told(...bucket('ct-x-publishing-eif').slice(0, 3))).toEqual([
      expect.stringContaining('access-logs ct-x-publishing-eif: logs no requests: give it a BucketLogging'),
    ])
  })

  const lifecycle = (rule: Record<string, unknown>) =>
    made(
      's3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
      { bucket: 'logs', rules: [{ status: 'Enabled', filter: { prefix: '' }, expiration: { days: 7 }, ...rule }] },
      { name: 'lifecycle' },
    )

  test('the bucket into which others log deletes all of it after a week', () => {
    const logs = [...bucket('ct-x-publishing-eif'), ...bucket('logs').slice(0, 3)]
    const tooLong = expect.stringContaining('log-expiry logs: has logs with addresses: delete all')
    expect(told(...logs, lifecycle({}))).toEqual([])
    expect(told(...logs)).toEqual([tooLong])
    expect(told(...logs, lifecycle({ expiration: { days: 8 } }))).toEqual([tooLong])
    expect(told(...logs, lifecycle({ status: 'Disabled' }))).toEqual([tooLong])
    expect(told(...logs, lifecycle({ filter: { prefix: 'cdn/' } }))).toEqual([tooLong])
  })

  test('what WAF logs is kept for a week', () => {
    const group = (retentionInDays: number) =>
      told(made('cloudwatch/logGroup:LogGroup', { name: 'aws-waf-logs-ct', retentionInDays }))
    expect(group(7)).toEqual([])
    expect(group(14)).toEqual([expect.stringContaining('log-expiry aws-waf-logs-ct')])
  })

  test('a service that writes into a bucket for whomever, or delivers no logs, is found', () => {
    const writer = (Service: string, Condition?: Record<string, unknown>) =>
      told(
        made('s3/bucketPolicy:BucketPolicy', {
          bucket: 'logs',
          policy: JSON.stringify({
            Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 's3:PutObject', Resource: '*', Condition }],
          }),
        }),
      )
    const ours = {
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b' },
      StringEquals: { 'aws:SourceAccount': '123456789012' },
    }
    expect(writer('logging.s3.amazonaws.com', ours)).toEqual([])
    expect(writer('logging.s3.amazonaws.com')).toEqual([
      expect.stringContaining('no-confused-deputy logs: lets logging.s3.amazonaws.com act for any account'),
    ])
    expect(writer('logging.s3.amazonaws.com', { StringEquals: ours.StringEquals })).toEqual([
      expect.stringContaining('no-confused-deputy logs: lets logging.s3.amazonaws.com act for anything in the account'),
    ])
    expect(writer('ec2.amazonaws.com', ours)).toEqual([expect.stringContaining('which delivers no logs')])
  })
})

describe('firewalls', () => {
  const limiting = { rules: [{ name: 'apis', statement: { rateBasedStatement: { limit: 100 } } }] }
  const acl = (more: Record<string, unknown> = limiting) => made('wafv2/webAcl:WebAcl', { name: 'entrance', ...more })
  const arn = 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/entrance/1'
  const place = made('wafv2/webAclAssociation:WebAclAssociation', { webAclArn: arn })
  const logging = (...fields: string[]) =>
    made('wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration', {
      resourceArn: arn,
      redactedFields: [...fields.map((name) => ({ singleHeader: { name } })), { queryString: {} }],
    })
  const safe = logging('cookie', 'authorization')

  test('one that limits, is before something, and hides secrets in its log is well', () => {
    expect(told(acl(), place, safe)).toEqual([])
    const distribution = made('cloudfront/distribution:Distribution', { loggingConfig: {}, webAclId: arn })
    expect(told(acl(), distribution, safe)).toEqual([])
  })

  test('one that is before nothing, limits nobody, logs nothing or logs secrets is found', () => {
    expect(told(acl(), safe)).toEqual([expect.stringContaining('firewalls entrance: is before nothing')])
    expect(told(acl({ rules: [] }), place, safe)).toEqual([expect.stringContaining('limits no rate')])
    expect(told(acl(), place)).toEqual([expect.stringContaining('logs nothing')])
    expect(told(acl(), place, logging('cookie'))).toEqual([expect.stringContaining('logs secrets')])
  })
})

describe('guarded origins', () => {
  const name = 'x-secret'
  const distribution = (customHeaders: unknown[]) =>
    made('cloudfront/distribution:Distribution', {
      loggingConfig: {},
      origins: [{ customOriginConfig: { httpsPort: 8443 }, customHeaders }],
    })
  const listener = (type = 'fixed-response') =>
    made('lb/listener:Listener', { port: 8443, defaultActions: [{ type }] }, { name: 'listener', id: 'arn:listener' })
  const rule = (...conditions: unknown[]) =>
    made('lb/listenerRule:ListenerRule', { listenerArn: 'arn:listener', conditions }, { name: 'rule' })
  const host = { hostHeader: { values: ['journal.example.org'] } }
  const secret = { httpHeader: { httpHeaderName: name, values: [notYetKnown] } }

  test('who comes from CloudFront has the header, and nobody else is answered', () => {
    expect(told(distribution([{ name }]), listener(), rule(host, secret))).toEqual([])
  })

  test('a listener that answers others, and a distribution without a secret, are found', () => {
    expect(told(distribution([{ name }]), listener(), rule(host))).toEqual([
      expect.stringContaining('guarded-origins rule: answers who does not come from CloudFront'),
    ])
    expect(told(distribution([{ name }]), listener('forward'), rule(host, secret))).toEqual([
      expect.stringContaining('guarded-origins listener'),
    ])
    expect(told(distribution([]), listener(), rule(host))).toEqual([
      expect.stringContaining('sends its load balancer no'),
    ])
  })

  test('the listener of others may answer everybody', () => {
    const others = made('lb/listenerRule:ListenerRule', { listenerArn: 'arn:another', conditions: [host] })
    expect(told(distribution([{ name }]), listener(), rule(host, secret), others)).toEqual([])
  })
})

describe('no open ports', () => {
  const rule = (securityGroupId: string, from: Record<string, unknown>) =>
    made(
      'vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      { securityGroupId, ...from },
      { name: securityGroupId },
    )
  const balancer = made('lb/loadBalancer:LoadBalancer', {
    securityGroups: ['sg-balancer'],
    accessLogs: { enabled: true, bucket: 'logs' },
  })

  test("only the load balancer's security group lets the world in", () => {
    const world = { cidrIpv4: '0.0.0.0/0' }
    expect(told(balancer, rule('sg-balancer', world))).toEqual([])
    expect(told(balancer, rule('sg-database', world), rule('sg-tasks', { cidrIpv6: '::/0' }))).toEqual([
      expect.stringContaining('no-open-ports sg-database: is open to the whole world'),
      expect.stringContaining('no-open-ports sg-tasks'),
    ])
    expect(told(balancer, rule('sg-tasks', { referencedSecurityGroupId: 'sg-balancer' }))).toEqual([])
  })

  test('rules inside a security group are seen too', () => {
    const ingress = [{ cidrBlocks: ['10.0.0.0/8', '0.0.0.0/0'] }]
    expect(
      told(balancer, made('ec2/securityGroup:SecurityGroup', { name: 'g', ingress }, { id: 'sg-1' })),
    ).toHaveLength(1)
    expect(
      told(balancer, made('ec2/securityGroup:SecurityGroup', { name: 'g', ingress }, { id: 'sg-balancer' })),
    ).toEqual([])
  })
})

test('a private name that leads to sick tasks too is found', () => {
  expect(told(made('servicediscovery/service:Service', { name: 'lax' }))).toEqual([
    expect.stringContaining('healthy-names lax: gives out the addresses of sick tasks'),
  ])
  expect(told(made('servicediscovery/service:Service', { healthCheckCustomConfig: { failureThreshold: 1 } }))).toEqual(
    [],
  )
})

test('a database that the internet can reach is found', () => {
  const database = (publiclyAccessible: boolean) =>
    made('rds/instance:Instance', { name: 'd', storageEncrypted: true, publiclyAccessible })
  expect(told(database(true))).toEqual([expect.stringContaining('no-public-database d')])
  expect(told(database(false))).toEqual([])
})

test('two resources for one setting of a bucket or queue are found; one for each of two is well', () => {
  const policyOf = (of: string, name: string) =>
    made('s3/bucketPolicy:BucketPolicy', { bucket: of, policy: notYetKnown }, { name })
  expect(told(policyOf('logs', 'one'), policyOf('cdn', 'other'))).toEqual([])
  expect(told(policyOf('logs', 'one'), policyOf('logs', 'other'))).toEqual([
    'single-settings other: sets again what another resource sets of logs: make one of the two',
  ])
  expect(told(policyOf(notYetKnown, 'one'), policyOf(notYetKnown, 'other'))).toEqual([])
})

test('what no provider tags, and does not tag itself, is found', () => {
  const bare = { provider: { region: 'us-east-1' } }
  expect(told(made('swf/domain:Domain', { name: 'd' }, bare))).toEqual([
    expect.stringContaining('tagged d: lacks the tags project, environment'),
  ])
  expect(
    told(made('swf/domain:Domain', { name: 'd', tags: { environment: 'x', project: 'continuum' } }, bare)),
  ).toEqual([])
  const asText = { provider: { defaultTags: JSON.stringify(provider.defaultTags) } }
  expect(told(made('swf/domain:Domain', { name: 'd' }, asText))).toEqual([])
})
