import type { QueueRole } from '@continuum/aws-resources'
import {
  addressesFor,
  appOf,
  awsNamesOf,
  databaseSecretOf,
  databaseServiceOf,
  type Addressed,
  type Environment,
  type ProcessContext,
  type ProcessName,
  type StackSettings,
} from '@continuum/environments'
import { serviceUserUrl } from '@continuum/service'
import { ecs } from '@pulumi/aws'
import { all, ComponentResource, output, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { publicProcesses, type PublicProcess } from '../load-balancer/ports.ts'
import { accountIn } from '../naming.ts'
import type { Storage } from '../storage/storage.ts'
import { registerNames } from './discovery.ts'
import { eachProcess } from './each-process.ts'
import { Process } from './process.ts'
import type { SharedTaskArgs } from './process-args.ts'
import { repositoryOf } from './repository.ts'
import type { Arns } from './roles/permissions.ts'
import { arnIn } from '../secret-reference.ts'
import { makeSecrets, type Secrets } from './secrets.ts'
import { SharedTask } from './shared-task.ts'

export interface ServicesArgs {
  environment: Environment
  settings: StackSettings
  exec: boolean
  vpcId: Input<string>
  subnetIds: Input<string>[]
  securityGroupId: Input<string>
  /** The way out to the recipients. */
  depositsSecurityGroupId: Input<string> | undefined
  storage: Pick<Storage, 'buckets' | 'queues' | 'deadLetters' | 'domain'>
  /** The database as its master user. */
  database: { url: Output<string>; passwordSecretArn: Output<string> }
  /** The CIDR blocks from which the load balancer connects to the processes. */
  proxies: readonly string[]
  /** The public address of each service. */
  addresses: Readonly<Record<Addressed, Output<string>>>
  targetGroupArns: Readonly<Record<PublicProcess, Output<string>>>
}

/** The cluster and the processes of the environment. */
export class Services extends ComponentResource {
  readonly cluster: { readonly name: Output<string> }
  /** The names of the ECS services. */
  readonly services: Readonly<Record<ProcessName, Output<string>>>
  readonly logGroups: Readonly<Record<ProcessName, Output<string>>>
  /** The address of the image repository. */
  readonly repository: Output<string>

  constructor(name: string, args: ServicesArgs, options?: ComponentResourceOptions) {
    super('continuum:services:Services', name, {}, options)
    const { environment, settings, exec, storage, database } = args
    const child = { parent: this }
    const small = environment.shape === 'small'

    const cluster = new ecs.Cluster(
      `${name}-cluster`,
      {
        name: awsNamesOf(environment).cluster,
        // Its metrics cost by the service and the task.
        settings: [{ name: 'containerInsights', value: small ? 'disabled' : 'enabled' }],
      },
      child,
    )
    const capacity = new ecs.ClusterCapacityProviders(
      `${name}-capacity`,
      { clusterName: cluster.name, capacityProviders: ['FARGATE', 'FARGATE_SPOT'] },
      child,
    )
    const repository = repositoryOf(name, environment, settings, child)
    const { rotation = 0 } = settings
    const secrets = makeSecrets(name, environment, rotation, child)
    const common = {
      environment,
      exec,
      account: storage.domain.arn.apply(accountIn),
      // Known once its capacity providers are set.
      cluster: { name: cluster.name, arn: all([cluster.arn, capacity.id]).apply(([arn]) => arn) },
      arns: arnsOf(storage, secrets.current),
      secrets,
      rotation,
      masterUser: { url: database.url, passwordSecretArn: database.passwordSecretArn },
      repository,
      tags: settings.tags,
      subnetIds: args.subnetIds,
      securityGroupId: args.securityGroupId,
    }
    const deposits = args.depositsSecurityGroupId === undefined ? [] : [args.depositsSecurityGroupId]
    const contexts = (process: ProcessName) => contextOf(process, args, secrets.current)
    const made = small
      ? sharing(
          `${name}-shared`,
          {
            ...common,
            contextOf: contexts,
            moreSecurityGroupIds: deposits,
            targetGroupArns: args.targetGroupArns,
          },
          child,
        )
      : apart()
    this.cluster = { name: cluster.name }
    this.services = eachProcess((process) => made(process).service)
    this.logGroups = eachProcess((process) => made(process).logGroup)
    this.repository = repository.address
    this.registerOutputs({
      cluster: this.cluster,
      services: this.services,
      logGroups: this.logGroups,
      repository: this.repository,
    })

    function apart(): Made {
      const registryArns = registerNames(name, environment, args.vpcId, child)
      const processes = eachProcess((process) => {
        const served = publicProcesses.find((each) => each === process)
        return new Process(
          `${name}-${process}`,
          {
            ...common,
            process,
            context: contexts(process),
            moreSecurityGroupIds: process === 'deposits' ? deposits : [],
            targetGroupArn: served && args.targetGroupArns[served],
            registryArn: registryArns[process],
          },
          child,
        )
      })
      return (process) => processes[process]
    }
  }
}

/** The ECS service and the log group of a process. */
type Made = (process: ProcessName) => { readonly service: Output<string>; readonly logGroup: Output<string> }

/** Makes one task of all processes. */
function sharing(name: string, args: SharedTaskArgs, child: ComponentResourceOptions): Made {
  const { service, logGroups } = new SharedTask(name, args, child)
  return (process) => ({ service, logGroup: process === 'worker' ? logGroups.worker : logGroups.services })
}

/** The addresses and the database that a process is given. */
function contextOf(process: ProcessName, args: ServicesArgs, secrets: Secrets['current']): Output<ProcessContext> {
  const { environment, settings, addresses, database } = args
  const service = databaseServiceOf(process)
  return output({
    addresses: addressesFor(process, environment, addresses),
    ...(service && {
      database: {
        url: database.url.apply((url) => serviceUserUrl(url, { schema: service, password: '' })),
        passwordSecret: secrets[databaseSecretOf(service)],
      },
    }),
    proxies: args.proxies,
    version: settings.tags[appOf(process)],
  })
}

function arnsOf(storage: ServicesArgs['storage'], secrets: Secrets['current']): Output<Arns> {
  const { buckets, queues, deadLetters, domain } = storage
  return output({
    buckets: {
      production: buckets.production.arn,
      expanded: buckets.expanded.arn,
      eif: buckets.eif.arn,
      cdn: buckets.cdn.arn,
      archive: buckets.archive.arn,
      xml: buckets.xml.arn,
      downstream: buckets.downstream.arn,
      logs: buckets.logs.arn,
    },
    queues: arnsOfQueues(queues),
    deadLetters: arnsOfQueues(deadLetters),
    domain: domain.arn,
    databasePasswords: {
      dashboard: secrets['database-dashboard'].apply(arnIn),
      lax: secrets['database-lax'].apply(arnIn),
      journal: secrets['database-journal'].apply(arnIn),
      metrics: secrets['database-metrics'].apply(arnIn),
      deposits: secrets['database-deposits'].apply(arnIn),
      starter: secrets['database-starter'].apply(arnIn),
    },
  })
}

function arnsOfQueues(of: Storage['queues']): Record<QueueRole, Output<string>> {
  return {
    incoming: of.incoming.arn,
    starter: of.starter.arn,
    events: of.events.arn,
    usage: of.usage.arn,
    laxRequests: of.laxRequests.arn,
    laxReplies: of.laxReplies.arn,
    articleChanges: of.articleChanges.arn,
  }
}
