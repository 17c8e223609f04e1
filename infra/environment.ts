import { awsNamesOf, hostsOf, type Environment, type StackSettings } from '@continuum/environments'
import { route53, type Provider } from '@pulumi/aws'
import { interpolate, output, type Output } from '@pulumi/pulumi'
import { Alarms, type AlarmsArgs } from './components/alarms/alarms.ts'
import { Cdn } from './components/cdn/cdn.ts'
import { Database } from './components/database/database.ts'
import { Certificate } from './components/load-balancer/certificate.ts'
import { LoadBalancer } from './components/load-balancer/load-balancer.ts'
import type { Reached } from './components/network/endpoint-policies.ts'
import { closeSecretsEndpoint } from './components/network/endpoints.ts'
import { Network } from './components/network/network.ts'
import { repositoryArn } from './components/services/repository.ts'
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

  const storage = new Storage('storage', { environment, domainExists }, here)
  const reached = reachedBy(environment, settings, storage)
  const network = new Network('network', { environment, exec, reached }, here)
  const { vpcId, publicSubnetIds, privateSubnetIds, taskSubnetIds } = network
  const { taskSecurityGroupId, loadBalancerSecurityGroupId, depositsSecurityGroupId } = network
  const database = new Database(
    'database',
    { environment, vpcId, subnetIds: privateSubnetIds, clientSecurityGroupId: taskSecurityGroupId },
    here,
  )
  const account = reached.apply((known) => known.account)
  const own = awsNamesOf(environment).secret('*')
  const secrets = output([database.passwordSecretArn, account]).apply(([master = '', id = '']) => [
    `arn:aws:secretsmanager:${environment.region}:${id}:secret:${own}`,
    master,
  ])
  const { secretsEndpointId: endpointId } = network
  closeSecretsEndpoint('secrets-endpoint', { endpointId, account, secrets }, here)
  const balancer = new LoadBalancer(
    'entrance',
    { environment, vpcId, subnetIds: publicSubnetIds, securityGroupId: loadBalancerSecurityGroupId, zoneId },
    here,
  )
  const { url: cdn, certificate: cdnCertificate } = makeCdn(environment, storage.buckets, zoneId, provider)
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
    environment.alarms && new Alarms('alarms', { ...watched, certificateArn, cdnCertificate, repository: images }, here)

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
    const account = made.domain.split(':')[4] ?? ''
    const at = (service: string) => `arn:aws:${service}:${region}:${account}`
    const repository = image ?? `${at('ecr')}:repository/${cluster}`
    return { ...made, region, account, repository, logGroups: `${at('logs')}:log-group:${logGroup('*')}:*` }
  })
}

/** CloudFront accepts certificates of this region only. */
const certificateRegion = 'us-east-1'

/**
 * Makes CloudFront if the environment has it.
 *
 * @returns the address of published files, which is that of the bucket itself without CloudFront, and the certificate of its own host
 */
function makeCdn(
  environment: Environment,
  { cdn: bucket, logs }: Storage['buckets'],
  zoneId: Output<string> | undefined,
  provider: Provider,
): { url: Output<string>; certificate?: AlarmsArgs['cdnCertificate'] } {
  if (!environment.cdn) return { url: interpolate`https://${bucket.domainName}` }
  const host = hostsOf(environment)?.cdn
  if (host === undefined || zoneId === undefined)
    return { url: new Cdn('cdn', { environment, bucket, logs }, { provider }).url }
  const elsewhere =
    environment.region === certificateRegion
      ? undefined
      : {
          region: certificateRegion,
          provider: makeProvider(`aws-${certificateRegion}`, environment, certificateRegion),
        }
  const there = elsewhere?.provider ?? provider
  const { arn } = new Certificate('cdn-certificate', { hosts: [host], zoneId }, { provider: there })
  const { url } = new Cdn('cdn', { environment, bucket, logs, host: { zoneId, certificateArn: arn } }, { provider })
  return { url, certificate: { arn, elsewhere } }
}

function mapValues<Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)]))
}
