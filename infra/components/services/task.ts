import type { Environment } from '@continuum/environments'
import { ecs } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { writableFolders } from './container.ts'
import type { Roles } from './roles/roles.ts'

/** A task definition. */
export interface TaskArgs {
  readonly environment: Environment
  readonly exec: boolean
  /** The end of its family's name. */
  readonly called: string
  readonly size: { readonly cpu: number; readonly memory: number }
  readonly containers: Output<readonly object[]>
  readonly roles: Roles
}

/** Creates a task definition; every change makes a new revision. */
export function makeTask(name: string, args: TaskArgs, child: CustomResourceOptions): ecs.TaskDefinition {
  const { environment, exec, called, size, containers, roles } = args
  return new ecs.TaskDefinition(
    name,
    {
      family: ownName(environment, called),
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      runtimePlatform: {
        operatingSystemFamily: 'LINUX',
        cpuArchitecture: environment.architecture === 'arm64' ? 'ARM64' : 'X86_64',
      },
      cpu: String(size.cpu),
      memory: String(size.memory),
      taskRoleArn: roles.taskRole,
      executionRoleArn: roles.executionRole,
      volumes: Object.keys(writableFolders(exec)).map((volume) => ({ name: volume })),
      containerDefinitions: containers.apply((definitions) => JSON.stringify(definitions)),
      // Earlier revisions stay, so that a deployment can be rolled back.
      skipDestroy: true,
    },
    child,
  )
}

/** A port of a container to which the load balancer forwards. */
export interface Balanced {
  readonly containerName: string
  readonly containerPort: number
  readonly targetGroupArn: Input<string>
}

/** An ECS service. */
export interface ServiceArgs {
  readonly service: string
  readonly cluster: Input<string>
  readonly taskDefinition: Input<string>
  readonly count: number
  /** True if a scaling policy sets the number of tasks. */
  readonly scaled: boolean
  /** On spot capacity, which AWS reclaims at two minutes' notice. */
  readonly spot: boolean
  readonly subnetIds: Input<string>[]
  readonly securityGroupIds: Input<string>[]
  /** True if its tasks have an address of the internet. */
  readonly publicAddress: boolean
  readonly balanced: readonly Balanced[]
  /** The time that a task may take to start, before the load balancer's verdict counts. */
  readonly graceSeconds: number
  /** Its entry in service discovery. */
  readonly registryArn: Input<string> | undefined
  readonly exec: boolean
}

/** Creates an ECS service, which keeps the desired number of tasks running. */
export function makeService(name: string, args: ServiceArgs, options: CustomResourceOptions): ecs.Service {
  const { balanced, registryArn, exec } = args
  return new ecs.Service(
    name,
    {
      name: args.service,
      cluster: args.cluster,
      taskDefinition: args.taskDefinition,
      desiredCount: args.count,
      capacityProviderStrategies: [{ capacityProvider: args.spot ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      // `pulumi up` fails if the deployment does.
      waitForSteadyState: true,
      networkConfiguration: {
        subnets: args.subnetIds,
        securityGroups: args.securityGroupIds,
        assignPublicIp: args.publicAddress,
      },
      ...(balanced.length > 0 && {
        loadBalancers: [...balanced],
        healthCheckGracePeriodSeconds: args.graceSeconds,
      }),
      ...(registryArn !== undefined && { serviceRegistries: { registryArn } }),
      enableExecuteCommand: exec,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
    },
    { ...options, ...(args.scaled && { ignoreChanges: ['desiredCount'] }) },
  )
}
