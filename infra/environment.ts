import { hostsOf, type Environment, type StackSettings } from '@continuum/environments'
import { route53, type Provider } from '@pulumi/aws'
import { interpolate, type Output } from '@pulumi/pulumi'
import { Alarms } from './components/alarms/alarms.ts'
import { Cdn } from './components/cdn/cdn.ts'
import { Database } from './components/database/database.ts'
import { Certificate } from './components/load-balancer/certificate.ts'
import { LoadBalancer } from './components/load-balancer/load-balancer.ts'
import { Network } from './components/network/network.ts'
import { Services } from './components/services/services.ts'
import { Storage } from './components/storage/storage.ts'
import { checkFitsAws, claimJournals } from './guards.ts'
import { makeProvider } from './provider.ts'

/** The findings in the account, and the provider with which it was asked. */
export interface Found {
  readonly provider?: Provider
  readonly domainExists?: boolean
}

/**
 * Creates a whole environment.
 *
 * @param found what exists before; absent: nothing
 * @returns the outputs of the stack, for people and for the commands that deploy and operate it
 * @throws UnsupportedEnvironmentError if it could not run in AWS, MissingTlsError if it would be open to everybody without TLS
 */
export function makeEnvironment(
  environment: Environment,
  settings: StackSettings,
  { provider = makeProvider('aws', environment), domainExists = false }: Found = {},
) {
  checkFitsAws(environment, settings)
  const exec = settings.exec ?? !environment.protected
  const here = { provider }
  const zoneId = environment.domain && route53.getZoneOutput({ name: environment.domain.name }, here).zoneId
  claimJournals(environment, here)

  const storage = new Storage('storage', { environment, domainExists, copyProvider: copyProviderOf(environment) }, here)
  const network = new Network('network', { environment, exec }, here)
  const { vpcId, publicSubnetIds, privateSubnetIds, taskSubnetIds } = network
  const { taskSecurityGroupId, loadBalancerSecurityGroupId, depositsSecurityGroupId } = network
  const database = new Database(
    'database',
    { environment, vpcId, subnetIds: privateSubnetIds, clientSecurityGroupId: taskSecurityGroupId },
    here,
  )
  const balancer = new LoadBalancer(
    'entrance',
    { environment, vpcId, subnetIds: publicSubnetIds, securityGroupId: loadBalancerSecurityGroupId, zoneId },
    here,
  )
  const addresses = { ...balancer.addresses, cdn: cdnAddress(environment, storage.buckets, zoneId, provider) }
  const { cluster, services, logGroups, repository } = new Services(
    'services',
    {
      environment,
      settings,
      exec,
      vpcId,
      subnetIds: taskSubnetIds,
      securityGroupId: taskSecurityGroupId,
      depositsSecurityGroupId,
      storage,
      database,
      addresses,
      proxies: network.publicBlocks,
      targetGroupArns: balancer.targetGroupArns,
    },
    here,
  )
  const { queues, deadLetters, domain } = storage
  const { loadBalancer } = balancer
  const alarms =
    environment.alarms &&
    new Alarms('alarms', { environment, queues, deadLetters, domain, loadBalancer, database, cluster, services }, here)

  return {
    environment: environment.name,
    region: environment.region,
    addresses,
    buckets: mapValues(storage.buckets, ({ name }) => name),
    queues: mapValues(queues, ({ url }) => url),
    domain: domain.name,
    cluster: cluster.name,
    services,
    logGroups,
    repository,
    tags: settings.tags,
    ...(alarms && { alarms: alarms.topicArn }),
  }
}

/** The provider that makes the archive's copy; undefined where there is none, or another account makes its bucket. */
function copyProviderOf(environment: Environment): Provider | undefined {
  const { archiveCopy: copy, account } = environment
  if (!copy || (copy.account !== undefined && copy.account !== account)) return undefined
  return makeProvider('aws-archive-copy', environment, copy.region)
}

/** CloudFront accepts certificates of this region only. */
const certificateRegion = 'us-east-1'

/** The address of published files: CloudFront if the environment has it, or else the bucket itself. */
function cdnAddress(
  environment: Environment,
  { cdn: bucket, logs }: Storage['buckets'],
  zoneId: Output<string> | undefined,
  provider: Provider,
): Output<string> {
  if (!environment.cdn) return interpolate`https://${bucket.domainName}`
  const host = hostsOf(environment)?.cdn
  if (host === undefined || zoneId === undefined) return new Cdn('cdn', { environment, bucket, logs }, { provider }).url
  const there =
    environment.region === certificateRegion
      ? provider
      : makeProvider(`aws-${certificateRegion}`, environment, certificateRegion)
  const { arn } = new Certificate('cdn-certificate', { hosts: [host], zoneId }, { provider: there })
  return new Cdn('cdn', { environment, bucket, logs, host: { zoneId, certificateArn: arn } }, { provider }).url
}

function mapValues<Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)]))
}
