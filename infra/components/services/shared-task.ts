import {
  awsNamesOf,
  databaseSecretOf,
  databaseServices,
  imageOf,
  portOf,
  processNames,
  sharedName,
  sharedProcesses,
  type ProcessName,
} from '@continuum/environments'
import { cloudwatch } from '@pulumi/aws'
import { all, ComponentResource, output, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { publicProcesses } from '../load-balancer/ports.ts'
import type { SharedTaskArgs } from './process-args.ts'
import { processSettings } from './process-settings.ts'
import { makeRoles } from './roles/roles.ts'
import { sharedContainers } from './shared-containers.ts'
import { makeService, makeTask } from './task.ts'

/** All processes of a small environment: one ECS service with one task, in which they share a role and an address. */
export class SharedTask extends ComponentResource {
  readonly service: Output<string>
  readonly logGroups: { readonly services: Output<string>; readonly worker: Output<string> }

  /** @throws Error if the environment has no `task` */
  constructor(name: string, args: SharedTaskArgs, options?: ComponentResourceOptions) {
    super('continuum:services:SharedTask', name, {}, options)
    const { environment, exec, repository, cluster, masterUser } = args
    const { task: size } = environment
    if (!size) throw new Error(`The environment ${environment.name} has no task`)
    const child = { parent: this }
    const names = awsNamesOf(environment)

    const logGroup = (process: ProcessName) =>
      new cloudwatch.LogGroup(
        `${name}-${names.container(process)}`,
        { name: names.logGroup(process), retentionInDays: environment.retention.logDays },
        child,
      )
    const logs = { services: logGroup('lax'), worker: logGroup('worker') }
    const members: readonly ProcessName[] = [...sharedProcesses, 'worker']
    const settings = all(members.map((process) => processSettings(process, args.contextOf(process), args)))
    const databaseUsers = output(
      databaseServices.map((service) => ({
        service,
        masterUrl: masterUser.url,
        secrets: { master: masterUser.passwordSecretArn, own: args.secrets.current[databaseSecretOf(service)] },
      })),
    )
    const read = all([settings, databaseUsers]).apply(([each, users]) => [
      ...each.flatMap(({ secrets }) => Object.values(secrets)),
      ...users.flatMap(({ secrets }) => Object.values(secrets)),
    ])
    const roles = makeRoles(
      name,
      // The dashboard is its consumer too, whose permissions it needs beside its own.
      { ...args, called: sharedName, processes: processNames },
      { repositoryArn: repository.arn, logGroupArns: [logs.services.arn, logs.worker.arn], secrets: read },
      child,
    )
    this.service = output(sharedName)
    this.logGroups = { services: logs.services.name, worker: logs.worker.name }
    this.registerOutputs({ service: this.service, logGroups: this.logGroups })
    // One image runs them all: the guards refuse another tag of one app.
    const tag = args.tags.bot
    if (tag === undefined) return
    const containers = all([
      settings,
      repository.address,
      all([logs.services.name, logs.worker.name]),
      databaseUsers,
    ]).apply(([each, address, [own, ofWorker], users]) =>
      sharedContainers({
        environment,
        size,
        image: imageOf(address, tag),
        rotation: args.rotation,
        settings: new Map(each.map(({ process, ...told }) => [process, told])),
        logGroups: { services: own, worker: ofWorker },
        databaseUsers: users,
        exec,
      }),
    )
    const task = makeTask(name, { environment, exec, called: sharedName, size, containers, roles }, child)
    makeService(
      name,
      {
        service: sharedName,
        cluster: cluster.arn,
        taskDefinition: task.arn,
        count: 1,
        scaled: false,
        // Readers would miss it.
        spot: false,
        subnetIds: args.subnetIds,
        securityGroupIds: [args.securityGroupId, ...args.moreSecurityGroupIds],
        publicAddress: true,
        balanced: publicProcesses.map((process) => ({
          containerName: sharedName,
          containerPort: portOf(process),
          targetGroupArn: args.targetGroupArns[process],
        })),
        graceSeconds: 180,
        registryArn: undefined,
        exec,
      },
      { ...child, dependsOn: [...roles.policies] },
    )
  }
}
