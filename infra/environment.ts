import type { Environment, StackSettings } from '@continuum/environments'
import { route53, type Provider } from '@pulumi/aws'
import { Alarms } from './components/alarms/alarms.ts'
import { Database } from './components/database/database.ts'
import { Firewall } from './components/firewall/firewall.ts'
import { entranceRules } from './components/firewall/rules.ts'
import { LoadBalancer } from './components/load-balancer/load-balancer.ts'
import { AccessLogs } from './components/logs/access-logs.ts'
import { Network } from './components/network/network.ts'
import { Services } from './components/services/services.ts'
import { Storage } from './components/storage/storage.ts'
import { makeDistributions } from './distributions.ts'
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

  const storage = new Storage('storage', { environment, domainExists }, here)
  const account = storage.domain.arn.apply((arn) => arn.split(':')[4] ?? '')
  const { bucket: logs, connections: connectionLogs } = new AccessLogs(
    'logs',
    { environment, account, buckets: storage.buckets },
    here,
  )
  const network = new Network('network', { environment, exec, connectionLogs }, here)
  const { vpcId, publicSubnetIds, privateSubnetIds, taskSubnetIds } = network
  const { taskSecurityGroupId, loadBalancerSecurityGroupIds, depositsSecurityGroupId } = network
  const database = new Database(
    'database',
    { environment, vpcId, subnetIds: privateSubnetIds, clientSecurityGroupId: taskSecurityGroupId },
    here,
  )
  const balancer = new LoadBalancer(
    'entrance',
    {
      environment,
      vpcId,
      subnetIds: publicSubnetIds,
      securityGroupIds: loadBalancerSecurityGroupIds,
      logs: logs.name,
      zoneId,
    },
    here,
  )
  const { waf, region } = environment
  if (waf) {
    const { arn: loadBalancerArn } = balancer.loadBalancer
    const rules = entranceRules({ ...environment, waf })
    new Firewall('firewall', { environment, before: 'entrance', region, account, rules, loadBalancerArn }, here)
  }
  const { cdn: bucket } = storage.buckets
  const cdn = makeDistributions(environment, { bucket, logs, zoneId, account, balancer }, provider)
  const addresses = { ...balancer.addresses, cdn }
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

function mapValues<Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)]))
}
