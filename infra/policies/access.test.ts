import { describe, expect, test } from 'vitest'
import { made } from './made.fixture.ts'
import { policies } from './policies.ts'
import { notYetKnown, violationsOf, type Checked } from './model/policy.ts'

const told = (...resources: Checked[]) =>
  violationsOf(policies, resources)
    .filter(({ policy }) => /^(tls-only|endpoint-policies|no-confused-deputy|confined-containers)$/.test(policy))
    .map(({ policy, name, message }) => `${policy} ${name}: ${message}`)

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

describe('nothing without TLS', () => {
  const deny = (more = {}) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    ...more,
  })
  const queueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/q'
  const arn = 'arn:aws:sns:us-east-1:123456789012:t'
  test.each([
    ['s3/bucket:Bucket', { bucket: 'b' }, 's3/bucketPolicy:BucketPolicy', { bucket: 'b' }],
    ['sqs/queue:Queue', { name: 'q' }, 'sqs/queuePolicy:QueuePolicy', { queueUrl }],
    ['sns/topic:Topic', { name: 't' }, 'sns/topicPolicy:TopicPolicy', { arn }],
  ])('%s without such a policy is found', (type, props, policyType, of) => {
    const thing = made(type, props)
    const found = [expect.stringContaining('tls-only')]
    expect(told(thing)).toEqual(found)
    expect(told(thing, made(policyType, { ...of, policy: document(deny()) }))).toEqual([])
    const notThat = [
      deny({ Effect: 'Allow' }),
      deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      deny({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }),
      deny({ Condition: undefined, Effect: 'Allow' }),
    ]
    for (const statement of notThat)
      expect(told(thing, made(policyType, { ...of, policy: document(statement) }))).toEqual(found)
  })

  test('until a queue exists nobody knows its address, and nothing is found', () => {
    const unknown = made('sqs/queuePolicy:QueuePolicy', { queueUrl: notYetKnown, policy: notYetKnown })
    expect(told(made('sqs/queue:Queue', { name: 'q' }), unknown)).toEqual([])
  })
})

describe('endpoints', () => {
  const own = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'sqs:*',
    Resource: 'arn:aws:sqs:us-east-1:123456789012:q',
    Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } },
  }
  const endpoint = (policy?: string) => made('ec2/vpcEndpoint:VpcEndpoint', { name: 'e', policy }, { id: 'vpce-1' })

  test('one without a policy lets everything through, unless its policy is a resource of its own', () => {
    expect(told(endpoint())).toEqual([expect.stringContaining('endpoint-policies e: lets everything through')])
    const separate = { vpcEndpointId: 'vpce-1', policy: document(own) }
    expect(told(endpoint(), made('ec2/vpcEndpointPolicy:VpcEndpointPolicy', separate))).toEqual([])
    expect(told(endpoint(document(own)))).toEqual([])
  })

  test('every resource, or the credentials of any account, are found', () => {
    expect(told(endpoint(document({ ...own, Resource: '*' })))).toEqual([
      expect.stringContaining('lets sqs:* through to every resource'),
    ])
    expect(told(endpoint(document({ ...own, Condition: undefined })))).toEqual([expect.stringContaining('any account')])
  })

  test('where IAM knows no resource, and to the layers of images, that is well', () => {
    const signIn = { ...own, Action: 'ecr:GetAuthorizationToken', Resource: '*' }
    const layers = {
      ...own,
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*',
      Condition: undefined,
    }
    expect(told(endpoint(document(signIn, layers)))).toEqual([])
  })
})

describe('confused deputies', () => {
  const account = { StringEquals: { 'aws:SourceAccount': '123456789012' } }
  const source = { ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' } }
  const role = (Condition?: object, Service = 'ecs-tasks.amazonaws.com') =>
    made('iam/role:Role', {
      name: 'r',
      assumeRolePolicy: document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', Condition }),
    })
  const queue = (Condition: object | undefined, Service = 's3.amazonaws.com') =>
    made('sqs/queuePolicy:QueuePolicy', {
      name: 'p',
      queueUrl: notYetKnown,
      policy: document({
        Effect: 'Allow',
        Principal: { Service },
        Action: 'sqs:SendMessage',
        Resource: 'arn:q',
        Condition,
      }),
    })

  test('a role says the account and the source for which a service may take it', () => {
    expect(told(role({ ...account, ...source }))).toEqual([])
    expect(told(role())).toEqual([
      expect.stringContaining('no-confused-deputy r: lets ecs-tasks.amazonaws.com act for any'),
    ])
    expect(told(role(account))).toEqual([expect.stringContaining('aws:SourceArn')])
    expect(told(role(source, 'scheduler.amazonaws.com'))).toEqual([])
    expect(told(role({ ...account, ...source }, 'events.amazonaws.com'))).toEqual([])
    expect(told(role(undefined, 'events.amazonaws.com'))).toHaveLength(1)
  })

  test('S3 sends to a queue for a bucket and an account: the ARN of a bucket names none', () => {
    const bucket = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::b' } }
    expect(told(queue({ ...bucket, ...account }))).toEqual([])
    expect(told(queue(bucket))).toEqual([expect.stringContaining('aws:SourceAccount')])
    expect(told(queue(account))).toEqual([expect.stringContaining('aws:SourceArn')])
  })

  test('EventBridge says no source, so that none is asked for', () => {
    expect(told(queue(undefined, 'events.amazonaws.com'))).toEqual([])
    expect(told(queue(undefined, 'cloudwatch.amazonaws.com'))).toHaveLength(1)
  })
})

describe('containers', () => {
  const confined = {
    name: 'lax',
    user: '1000:1000',
    readonlyRootFilesystem: true,
    linuxParameters: { capabilities: { drop: ['ALL'] } },
  }
  const task = (...containers: object[]) =>
    made('ecs/taskDefinition:TaskDefinition', { name: 't', containerDefinitions: JSON.stringify(containers) })

  test('one that is confined is well, and of what is not known yet nothing is said', () => {
    expect(told(task(confined))).toEqual([])
    expect(told(made('ecs/taskDefinition:TaskDefinition', { containerDefinitions: notYetKnown }))).toEqual([])
  })

  test.each([
    ['runs as root', { user: undefined }],
    ['runs as root by its group', { user: '1000:0' }],
    ['writes in its image', { readonlyRootFilesystem: false }],
    ['keeps capabilities', { linuxParameters: { initProcessEnabled: true } }],
    ['gets capabilities', { linuxParameters: { capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } } }],
    ['is privileged', { privileged: true }],
  ])('one that %s is found, beside others too', (_, more) => {
    expect(told(task(confined, { ...confined, ...more }))).toEqual([expect.stringContaining('confined-containers t: ')])
  })
})
