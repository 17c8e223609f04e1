import { expect, test } from 'vitest'
import type { Properties } from '../../wire/values.ts'
import { refusedChange } from './changes.ts'
import type { Existing } from './existing.ts'
import { mayBeRefused, refusalOf } from './refusals.ts'

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

test('types of which it knows nothing are never refused', () => {
  expect(mayBeRefused('aws:sqs/queue:Queue')).toBe(false)
  expect(refusalOf({ type: 'aws:sqs/queue:Queue', inputs: {} }, [])).toBeUndefined()
})
