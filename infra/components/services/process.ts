import {
  appOf,
  awsNamesOf,
  imageOf,
  portOf,
  settingsFor,
  type Environment,
  type Ground,
  type ProcessName,
  type SecretName,
  type StackSettings,
} from '@continuum/environments'
import { cloudwatch, ecs } from '@pulumi/aws'
import { all, ComponentResource, output, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { containerOf, writableFolders } from './container.ts'
import type { Repository } from './repository.ts'
import { execStatement, executionStatements } from './roles/execution.ts'
import { permissions, type Arns, type Statement } from './roles/permissions.ts'
import { makeRole } from './roles/role.ts'
import { makeScaling } from './scaling.ts'

/** What all processes of an environment stand on. */
interface Common {
  readonly environment: Environment
  readonly exec: boolean
  /** The AWS account. */
  readonly account: Output<string>
  readonly cluster: { readonly name: Output<string>; readonly arn: Output<string> }
  readonly arns: Output<Arns>
  /** The ARN of each secret. */
  readonly secrets: Readonly<Record<SecretName, Output<string>>>
  readonly repository: Repository
  readonly tags: StackSettings['tags']
  readonly subnetIds: Input<string>[]
  readonly securityGroupId: Input<string>
}

export interface ProcessArgs extends Common {
  readonly process: ProcessName
  /** What it is told of the others. */
  readonly ground: Output<Ground>
  /** Where the load balancer sends requests for it. */
  readonly targetGroupArn: Input<string> | undefined
  /** Where others find it by name. */
  readonly registryArn: Input<string> | undefined
}

/** One process of an environment: an ECS service, and all that belongs to it alone. */
export class Process extends ComponentResource {
  readonly service: Output<string>
  readonly logGroup: Output<string>

  constructor(name: string, args: ProcessArgs, options?: ComponentResourceOptions) {
    super('continuum:services:Process', name, {}, options)
    const { process, environment, exec, account, ground, repository } = args
    const child = { parent: this }
    const names = awsNamesOf(environment)
    const { cpu, memory, count, most } = environment.processes[process]
    const tag = args.tags[appOf(process)]

    const logGroup = new cloudwatch.LogGroup(
      name,
      { name: names.logGroup(process), retentionInDays: environment.retention.logDays },
      child,
    )
    const told = ground.apply((known) => settingsFor(process, environment, known))
    const secrets = told.apply(({ secrets: wanted }) =>
      all(Object.fromEntries(Object.entries(wanted).map(([variable, secret]) => [variable, args.secrets[secret]]))),
    )
    const own = makeRole(
      `${name}-own`,
      {
        called: ownName(environment, process),
        description: `What ${process} of ${environment.name} may do`,
        account,
        statements: args.arns.apply((arns): Statement[] => [
          ...permissions[process](arns),
          ...(exec ? [execStatement] : []),
        ]),
      },
      child,
    )
    const starting = makeRole(
      `${name}-starting`,
      {
        called: ownName(environment, `${process}-starting`),
        description: `What ECS may do to start ${process} of ${environment.name}`,
        account,
        statements: all([repository.arn, logGroup.arn, secrets]).apply(([repositoryArn, logGroupArn, arns]) =>
          executionStatements({
            repository: repositoryArn,
            logGroup: logGroupArn,
            secrets: [...new Set(Object.values(arns))].toSorted(),
          }),
        ),
      },
      child,
    )
    this.logGroup = logGroup.name
    this.service = output(names.service(process))
    this.registerOutputs({ service: this.service, logGroup: this.logGroup })
    // There is nothing to run until an image has been named. A service that stood there with no tasks would keep none then,
    // where how many run is for the scaling to say.
    if (tag === undefined) return
    const container = all([told, secrets, repository.address, logGroup.name]).apply(
      ([{ variables }, arns, address, group]) =>
        containerOf({
          process,
          environment,
          image: imageOf(address, tag),
          variables,
          secrets: arns,
          logGroup: group,
          exec,
        }),
    )
    const task = new ecs.TaskDefinition(
      name,
      {
        family: ownName(environment, process),
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
        cpu: String(cpu),
        memory: String(memory),
        taskRoleArn: own.arn,
        executionRoleArn: starting.arn,
        volumes: Object.keys(writableFolders(exec)).map((volume) => ({ name: volume })),
        containerDefinitions: container.apply((definition) => JSON.stringify([definition])),
        // Earlier ones stay, so that a deployment can be taken back to them.
        skipDestroy: true,
      },
      child,
    )
    const service = new ecs.Service(
      name,
      {
        name: names.service(process),
        cluster: args.cluster.arn,
        taskDefinition: task.arn,
        desiredCount: count,
        capacityProviderStrategies: [{ capacityProvider: provider(process, environment), weight: 1 }],
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        // A deployment that does not come up is an error of `pulumi up`, not a surprise afterwards.
        waitForSteadyState: true,
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: false,
        },
        ...(args.targetGroupArn !== undefined && {
          loadBalancers: [
            { containerName: process, containerPort: portOf(process), targetGroupArn: args.targetGroupArn },
          ],
          healthCheckGracePeriodSeconds: 60,
        }),
        ...(args.registryArn !== undefined && { serviceRegistries: { registryArn: args.registryArn } }),
        enableExecuteCommand: exec,
        enableEcsManagedTags: true,
        propagateTags: 'SERVICE',
      },
      {
        ...child,
        dependsOn: [own.policy, starting.policy],
        // How many run is then for the scaling to say.
        ...(most !== undefined && { ignoreChanges: ['desiredCount'] }),
      },
    )
    makeScaling(name, { environment, process, cluster: args.cluster.name, service: service.name }, child)
  }
}

/** Whose work is given back when it is stopped may stand on capacity that AWS takes away at two minutes' notice. */
function provider(process: ProcessName, environment: Environment): 'FARGATE' | 'FARGATE_SPOT' {
  return process === 'worker' && !environment.protected ? 'FARGATE_SPOT' : 'FARGATE'
}
