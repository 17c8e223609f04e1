import { describe, expect, test } from 'vitest'
import type { Properties } from '../../wire/values.ts'
import { refusedChange } from './changes.ts'
import { prefixListId } from '../rules/prefix-lists.ts'
import type { Existing } from './existing.ts'
import { mayBeRefused, refusalOf as refusalIn } from './refusals.ts'

const refusalOf = (wanted: { type: string; inputs: Properties }, made: readonly Existing[], region = 'us-east-1') =>
  refusalIn({ ...wanted, region }, made)
const existing = (type: string, id: string, inputs: Properties): Existing => ({ type, id, inputs, outputs: {} })
const subnet = 'aws:ec2/subnet:Subnet'
const balancer = 'aws:lb/loadBalancer:LoadBalancer'

test('a subnet may share no address with another of its network; other networks have addresses of their own', () => {
  const made = [existing(subnet, 'subnet-1', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/18' })]
  const refused = (vpcId: string, cidrBlock: string) =>
    refusalOf({ type: subnet, inputs: { vpcId, cidrBlock } }, made) !== undefined
  expect(refused('vpc-1', '10.0.0.0/18')).toBe(true)
  expect(refused('vpc-1', '10.0.16.0/20')).toBe(true)
  expect(refused('vpc-1', '10.0.0.0/16')).toBe(true)
  expect(refused('vpc-1', '10.0.64.0/18')).toBe(false)
  expect(refused('vpc-2', '10.0.0.0/18')).toBe(false)
})

test('a database takes the parameters of its own major version alone', () => {
  const made = [existing('aws:rds/parameterGroup:ParameterGroup', 'ct-postgres17', { family: 'postgres17' })]
  const refused = (engineVersion: string) =>
    refusalOf(
      {
        type: 'aws:rds/instance:Instance',
        inputs: { engine: 'postgres', engineVersion, parameterGroupName: 'ct-postgres17' },
      },
      made,
    )
  expect(refused('17')).toBeUndefined()
  expect(refused('17.4')).toBeUndefined()
  expect(refused('18')).toMatch(/InvalidParameterCombination.*needs postgres18/)
})

test('a bucket is copied only where it has versions and its copy has', () => {
  const versions = (bucket: string) =>
    existing('aws:s3/bucketVersioning:BucketVersioning', bucket, {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    })
  const copy = (destination: Properties, ...made: Existing[]) =>
    refusalOf(
      {
        type: 'aws:s3/bucketReplicationConfig:BucketReplicationConfig',
        inputs: { bucket: 'a', rules: [{ destination }] },
      },
      made,
    )
  const own = { bucket: 'arn:aws:s3:::b' }
  expect(copy(own, versions('a'), versions('b'))).toBeUndefined()
  expect(copy(own, versions('b'))).toContain("Versioning must be 'Enabled' on the bucket")
  expect(copy(own, versions('a'))).toContain('Destination bucket must have versioning enabled')
  expect(copy({ ...own, account: '210987654321' }, versions('a'))).toBeUndefined()
})

test('a major version is raised with its flag alone, and never lowered', () => {
  const change = (from: string, to: string, more: Properties = {}) =>
    refusedChange('aws:rds/cluster:Cluster', { engineVersion: from }, { engineVersion: to, ...more })
  expect(change('17', '17.4')).toBeUndefined()
  expect(change('17', '18')).toContain('AllowMajorVersionUpgrade flag must be present')
  expect(change('17', '18', { allowMajorVersionUpgrade: true })).toBeUndefined()
  expect(change('18', '17', { allowMajorVersionUpgrade: true })).toContain('Cannot upgrade postgres from 18 to 17')
})

test('an internal load balancer needs no gateway, one for the internet does', () => {
  const made = [existing(subnet, 'subnet-1', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/18' })]
  const refused = (internal: boolean) =>
    refusalOf({ type: balancer, inputs: { internal, subnets: ['subnet-1'] } }, made)
  expect(refused(true)).toBeUndefined()
  expect(refused(false)).toBe('InvalidSubnet: VPC vpc-1 has no internet gateway')
})

describe('logs that could not be delivered are refused:', () => {
  const policyOf = (service: string, Resource: string) =>
    existing('aws:s3/bucketPolicy:BucketPolicy', 'logs', {
      bucket: 'logs',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 's3:PutObject', Resource }],
      }),
    })

  test('those of a load balancer without a policy for its service and its folder', () => {
    const service = 'logdelivery.elasticloadbalancing.amazonaws.com'
    const inputs = { internal: true, subnets: [], accessLogs: { enabled: true, bucket: 'logs', prefix: 'lb' } }
    const refused = (...made: Existing[]) => refusalOf({ type: balancer, inputs }, made)
    expect(refused(policyOf(service, 'arn:aws:s3:::logs/lb/AWSLogs/123456789012/*'))).toBeUndefined()
    expect(refused(policyOf(service, 'arn:aws:s3:::logs/AWSLogs/123456789012/*'))).toMatch(
      /Access Denied for bucket: logs/,
    )
    expect(refused(policyOf('delivery.logs.amazonaws.com', 'arn:aws:s3:::logs/*'))).toMatch(/Access Denied/)
    expect(refused()).toMatch(/Access Denied/)
    const off = { ...inputs, accessLogs: { enabled: false, bucket: 'logs' } }
    expect(refusalOf({ type: balancer, inputs: off }, [])).toBeUndefined()
  })

  test('those of connections', () => {
    const inputs = { logDestinationType: 's3', logDestination: 'arn:aws:s3:::logs/network/' }
    const refused = (...made: Existing[]) => refusalOf({ type: 'aws:ec2/flowLog:FlowLog', inputs }, made)
    const resource = 'arn:aws:s3:::logs/network/AWSLogs/123456789012/*'
    expect(refused(policyOf('delivery.logs.amazonaws.com', resource))).toBeUndefined()
    expect(refused()).toMatch(/Access Denied for LogDestination: arn:aws:s3:::logs\/network\//)
  })

  test('those of CloudFront in a bucket without access lists', () => {
    const inputs = { loggingConfig: { bucket: 'logs.s3.amazonaws.com' } }
    const refused = (...made: Existing[]) =>
      refusalOf({ type: 'aws:cloudfront/distribution:Distribution', inputs }, made)
    const owned = (objectOwnership: string) =>
      existing('aws:s3/bucketOwnershipControls:BucketOwnershipControls', 'logs', {
        bucket: 'logs',
        rule: { objectOwnership },
      })
    expect(refused(owned('BucketOwnerPreferred'))).toBeUndefined()
    expect(refused(owned('BucketOwnerEnforced'))).toMatch(/does not enable ACL access: logs/)
    expect(refused()).toMatch(/does not enable ACL access/)
  })
})

test("a security group has room for CloudFront's list and five rules more, for 60 in all, inward and outward", () => {
  const rule = (listId?: string) => ({
    securityGroupId: 'sg-1',
    ...(listId !== undefined && { prefixListId: listId }),
  })
  const ingress = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
  const list = prefixListId('com.amazonaws.global.cloudfront.origin-facing')
  const held = (count: number, type = ingress) =>
    Array.from({ length: count }, (_, index) => existing(type, `sgr-${index}`, rule()))
  const refused = (wanted: Properties, made: Existing[]) => refusalOf({ type: ingress, inputs: wanted }, made)
  expect(refused(rule(list), held(5))).toBeUndefined()
  expect(refused(rule(list), held(6))).toMatch(/RulesPerSecurityGroupLimitExceeded.*61 of 60 in sg-1/)
  expect(refused(rule(), held(60))).toMatch(/RulesPerSecurityGroupLimitExceeded/)
  expect(refused(rule(), held(60, 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule'))).toBeUndefined()
})

test('a web ACL for CloudFront is made in us-east-1, its log beside it, and CloudFront takes no other', () => {
  const acl = (scope: string, region: string) =>
    refusalOf({ type: 'aws:wafv2/webAcl:WebAcl', inputs: { scope } }, [], region)
  expect(acl('CLOUDFRONT', 'us-east-1')).toBeUndefined()
  expect(acl('REGIONAL', 'eu-west-1')).toBeUndefined()
  expect(acl('CLOUDFRONT', 'eu-west-1')).toMatch(/WAFInvalidParameterException.*SCOPE_VALUE/)

  const arnIn = (region: string, where: string) => `arn:aws:wafv2:${region}:123456789012:${where}/webacl/ct-journal/1`
  const logging = (region: string) =>
    refusalOf(
      {
        type: 'aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration',
        inputs: {
          resourceArn: arnIn('us-east-1', 'global'),
          logDestinationConfigs: [`arn:aws:logs:${region}:123456789012:log-group:aws-waf-logs-ct`],
        },
      },
      [],
    )
  expect(logging('us-east-1')).toBeUndefined()
  expect(logging('eu-west-1')).toMatch(/LOG_DESTINATION/)

  const distribution = (webAclId: string) =>
    refusalOf({ type: 'aws:cloudfront/distribution:Distribution', inputs: { webAclId } }, [])
  expect(distribution(arnIn('us-east-1', 'global'))).toBeUndefined()
  expect(distribution(arnIn('us-east-1', 'regional'))).toMatch(/InvalidWebACLId/)
})

test('types of which it knows nothing are never refused', () => {
  expect(mayBeRefused('aws:sqs/queue:Queue')).toBe(false)
  expect(refusalOf({ type: 'aws:sqs/queue:Queue', inputs: {} }, [])).toBeUndefined()
})
