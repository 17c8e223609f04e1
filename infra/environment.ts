import { archiveCopyNames, awsNamesOf, type Environment, type StackSettings } from '@continuum/environments'
import { route53, type Provider } from '@pulumi/aws'
import { output, type Output } from '@pulumi/pulumi'
import { Alarms } from './components/alarms/alarms.ts'
import { Database } from './components/database/database.ts'
import { Firewall } from './components/firewall/firewall.ts'
import { loadBalancerRules } from './components/firewall/rules.ts'
import { LoadBalancer } from './components/load-balancer/load-balancer.ts'
import { AccessLogs } from './components/logs/access-logs.ts'
import { accountIn } from './components/naming.ts'
import type { Reached } from './components/network/endpoint-policies.ts'
import { closeSecretsEndpoint } from './components/network/endpoints.ts'
import { Network } from './components/network/network.ts'
import { repositoryArn } from './components/services/repository.ts'
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

  const storage = new Storage('storage', { environment, domainExists, copyProvider: copyProviderOf(environment) }, here)
  const reached = reachedBy(environment, settings, storage)
  const account = reached.apply((known) => known.account)
  const { bucket: logs, connections: connectionLogs } = new AccessLogs(
    'logs',
    { environment, account, buckets: storage.buckets, archiveCopy: storage.archiveCopy },
    here,
  )
  const network = new Network('network', { environment, exec, reached, connectionLogs }, here)
  const { vpcId, publicSubnetIds, privateSubnetIds, taskSubnetIds } = network
  const { taskSecurityGroupId, loadBalancerSecurityGroupIds, depositsSecurityGroupId } = network
  const database = new Database(
    'database',
    { environment, vpcId, subnetIds: privateSubnetIds, clientSecurityGroupId: taskSecurityGroupId },
    here,
  )
  const own = awsNamesOf(environment).secret('*')
  const secrets = output([database.passwordSecretArn, account]).apply(([master = '', id = '']) => [
    `arn:aws:secretsmanager:${environment.region}:${id}:secret:${own}`,
    master,
  ])
  const { secretsEndpointId: endpointId } = network
  if (endpointId) closeSecretsEndpoint('secrets-endpoint', { endpointId, account, secrets }, here)
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
    const rules = loadBalancerRules({ ...environment, waf })
    new Firewall('firewall', { environment, before: 'entrance', region, account, rules, loadBalancerArn }, here)
  }
  const { cdn: bucket } = storage.buckets
  const { url: cdn, certificates: cdnCertificates } = makeDistributions(
    environment,
    { bucket, logs, zoneId, account, balancer },
    provider,
  )
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
  const { loadBalancer, certificateArn } = balancer
  const images = settings.repository === undefined ? awsNamesOf(environment).cluster : undefined
  const watched = { environment, queues, deadLetters, domain, loadBalancer, database, cluster, services }
  const alarms =
    environment.alarms &&
    new Alarms('alarms', { ...watched, certificateArn, cdnCertificates, repository: images }, here)

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

/** Collects all that the processes of an environment reach in AWS. */
function reachedBy(environment: Environment, settings: StackSettings, storage: Storage): Output<Reached> {
  const { region } = environment
  const { cluster, logGroup } = awsNamesOf(environment)
  const arnsIn = (of: Readonly<Record<string, { arn: Output<string> }>>) => Object.values(of).map(({ arn }) => arn)
  const image = settings.repository === undefined ? undefined : repositoryArn(settings.repository)
  return output({
    buckets: arnsIn(storage.buckets),
    queues: [...arnsIn(storage.queues), ...arnsIn(storage.deadLetters)],
    domain: storage.domain.arn,
  }).apply((made) => {
    const account = accountIn(made.domain)
    const at = (service: string) => `arn:aws:${service}:${region}:${account}`
    const repository = image ?? `${at('ecr')}:repository/${cluster}`
    return { ...made, region, account, repository, logGroups: `${at('logs')}:log-group:${logGroup('*')}:*` }
  })
}

/** The provider that makes the archive's copy; undefined where there is none, or another account makes its bucket. */
function copyProviderOf(environment: Environment): Provider | undefined {
  const copy = archiveCopyNames(environment)
  return copy?.logs === undefined ? undefined : makeProvider('aws-archive-copy', environment, copy.region)
}

function mapValues<Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)]))
}
