import { appOf, awsNamesOf, databaseSecretOf, databaseServiceOf, imageOf, portOf } from '@continuum/environments'
import { cloudwatch } from '@pulumi/aws'
import { all, ComponentResource, output, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { containersOf } from './container.ts'
import type { ProcessArgs } from './process-args.ts'
import { processSettings } from './process-settings.ts'
import { makeRoles } from './roles/roles.ts'
import { makeScaling } from './scaling.ts'
import { makeService, makeTask } from './task.ts'

/** One process of an environment: its ECS service, task definition, log group, roles and scaling. */
export class Process extends ComponentResource {
  readonly service: Output<string>
  readonly logGroup: Output<string>

  constructor(name: string, args: ProcessArgs, options?: ComponentResourceOptions) {
    super('continuum:services:Process', name, {}, options)
    const { process, environment, exec, repository, cluster } = args
    const child = { parent: this }
    const names = awsNamesOf(environment)
    const tag = args.tags[appOf(process)]

    const logGroup = new cloudwatch.LogGroup(
      name,
      { name: names.logGroup(process), retentionInDays: environment.retention.logDays },
      child,
    )
    const settings = processSettings(process, args.context, args)
    const databaseUser = databaseUserOf(args)
    const read = all([settings, databaseUser]).apply(([{ secrets }, user]) => [
      ...Object.values(secrets),
      ...Object.values(user?.secrets ?? {}),
    ])
    const roles = makeRoles(
      name,
      { ...args, called: process, processes: [process] },
      { repositoryArn: repository.arn, logGroupArns: [logGroup.arn], secrets: read },
      child,
    )
    this.logGroup = logGroup.name
    this.service = output(names.service(process))
    this.registerOutputs({ service: this.service, logGroup: this.logGroup })
    // Without an image there is nothing to run. A service created with no tasks would stay at none where the scaling policy sets
    // the number.
    if (tag === undefined) return
    const containers = all([settings, repository.address, logGroup.name, databaseUser]).apply(
      ([{ variables, secrets, isRotated }, address, group, user]) =>
        containersOf({
          process,
          environment,
          image: imageOf(address, tag),
          variables,
          secrets,
          ...(isRotated && { rotation: args.rotation }),
          logGroup: group,
          exec,
          databaseUser: user,
        }),
    )
    const { count, most, ...size } = environment.processes[process]
    const task = makeTask(name, { environment, exec, called: process, size, containers, roles }, child)
    const balanced = args.targetGroupArn && {
      containerName: process,
      containerPort: portOf(process),
      targetGroupArn: args.targetGroupArn,
    }
    const service = makeService(
      name,
      {
        service: names.service(process),
        cluster: cluster.arn,
        taskDefinition: task.arn,
        count,
        scaled: most !== undefined,
        // A worker gives its tasks back when it is stopped.
        spot: process === 'worker' && !environment.protected,
        subnetIds: args.subnetIds,
        securityGroupIds: [args.securityGroupId, ...args.moreSecurityGroupIds],
        publicAddress: false,
        balanced: balanced ? [balanced] : [],
        graceSeconds: 60,
        registryArn: args.registryArn,
        exec,
      },
      { ...child, dependsOn: [...roles.policies] },
    )
    makeScaling(name, { environment, process, cluster: cluster.name, service: service.name }, child)
  }
}

/** The database user of the process's service. */
function databaseUserOf({ process, secrets, masterUser }: ProcessArgs) {
  const service = databaseServiceOf(process)
  if (service === undefined) return output(undefined)
  return output({
    service,
    masterUrl: masterUser.url,
    secrets: { master: masterUser.passwordSecretArn, own: secrets.current[databaseSecretOf(service)] },
  })
}
