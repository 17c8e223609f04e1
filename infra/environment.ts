import { hostsOf, type Environment, type StackSettings } from '@continuum/environments'
import { Provider, route53, type ProviderArgs } from '@pulumi/aws'
import { interpolate, type Output } from '@pulumi/pulumi'
import { Cdn } from './components/cdn/cdn.ts'
import { Database } from './components/database/database.ts'
import { Certificate } from './components/entrance/certificate.ts'
import { Entrance } from './components/entrance/entrance.ts'
import { Network } from './components/network/network.ts'
import { Services } from './components/services/services.ts'
import { Storage } from './components/storage/storage.ts'

/** Thrown for an environment that nothing in AWS can keep its records for. For a person: its file is to be changed. */
export class NotForAws extends Error {
  override readonly name = 'NotForAws'

  constructor(environment: string) {
    super(
      `The environment ${environment} has no database, so it can't be made in AWS: ask for one in ${environment}.ts (database: ...). What is to run on one machine is started by npm start.`,
    )
  }
}

/** CloudFront takes certificates from there alone. */
const certificateRegion = 'us-east-1'

/**
 * Makes a whole environment.
 *
 * @returns what the stack puts out: for people, and for what deploys and looks after it
 */
export function makeEnvironment(environment: Environment, settings: StackSettings) {
  if (!environment.database) throw new NotForAws(environment.name)
  const exec = settings.exec ?? !environment.protected
  const common: ProviderArgs = {
    // The provider refuses credentials of any other account before it makes anything.
    ...(environment.account !== undefined && { allowedAccountIds: [environment.account] }),
    defaultTags: { tags: { project: 'continuum', environment: environment.name } },
  }
  const provider = new Provider('aws', { ...common, region: environment.region })
  const here = { provider }
  const zoneId = environment.domain && route53.getZoneOutput({ name: environment.domain.name }, here).zoneId

  const storage = new Storage('storage', { environment }, here)
  const network = new Network('network', { environment, exec }, here)
  const { vpcId, privateSubnetIds, taskSecurityGroupId } = network
  const database = new Database(
    'database',
    { environment, vpcId, subnetIds: privateSubnetIds, clientSecurityGroupId: taskSecurityGroupId },
    here,
  )
  const entrance = new Entrance(
    'entrance',
    {
      environment,
      vpcId,
      subnetIds: network.publicSubnetIds,
      securityGroupId: network.loadBalancerSecurityGroupId,
      zoneId,
    },
    here,
  )
  const addresses = { ...entrance.addresses, cdn: cdnAddress() }
  const services = new Services(
    'services',
    {
      environment,
      settings,
      exec,
      vpcId,
      subnetIds: privateSubnetIds,
      securityGroupId: taskSecurityGroupId,
      storage,
      database,
      addresses,
      targetGroupArns: entrance.targetGroupArns,
    },
    here,
  )
  return {
    environment: environment.name,
    region: environment.region,
    addresses,
    buckets: mapValues(storage.buckets, ({ name }) => name),
    queues: mapValues(storage.queues, ({ url }) => url),
    domain: storage.domain.name,
    cluster: services.cluster.name,
    services: services.services,
    logGroups: services.logGroups,
    repository: services.repository,
    tags: settings.tags,
  }

  /** CloudFront where the environment asks for it, or else the bucket itself. */
  function cdnAddress(): Output<string> {
    const { name, arn, domainName } = storage.buckets.cdn
    if (!environment.cdn) return interpolate`https://${domainName}`
    const host = hostsOf(environment)?.cdn
    if (host === undefined || zoneId === undefined) {
      return new Cdn('cdn', { environment, bucket: { name, arn, domainName } }, here).url
    }
    const elsewhere = new Provider('aws-for-cloudfront', { ...common, region: certificateRegion })
    const { arn: certificateArn } = new Certificate(
      'cdn-certificate',
      { hosts: [host], zoneId },
      { provider: environment.region === certificateRegion ? provider : elsewhere },
    )
    return new Cdn('cdn', { environment, bucket: { name, arn, domainName }, host: { zoneId, certificateArn } }, here)
      .url
  }
}

function mapValues<Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)]))
}
