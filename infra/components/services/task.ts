import { awsNamesOf, portOf, type Environment, type ProcessName } from '@continuum/environments'
import { ecs } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { writableFolders } from './container.ts'
import type { ProcessArgs } from './process-args.ts'
import type { Roles } from './roles/roles.ts'

type Of = Pick<ProcessArgs, 'process' | 'environment' | 'exec'>

/** Creates the task definition of a process; every change makes a new revision. */
export function makeTask(
  name: string,
  { process, environment, exec }: Of,
  containers: Output<readonly object[]>,
  roles: Roles,
  child: CustomResourceOptions,
): ecs.TaskDefinition {
  const { cpu, memory } = environment.processes[process]
  return new ecs.TaskDefinition(
    name,
    {
      family: ownName(environment, process),
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      cpu: String(cpu),
      memory: String(memory),
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

/** Creates the ECS service of a process, which keeps the desired number of tasks running. */
export function makeService(
  name: string,
  args: Omit<ProcessArgs, 'context'>,
  taskDefinition: Input<string>,
  options: CustomResourceOptions,
): ecs.Service {
  const { process, environment, exec, cluster, targetGroupArn, registryArn } = args
  const { count, most } = environment.processes[process]
  return new ecs.Service(
    name,
    {
      name: awsNamesOf(environment).service(process),
      cluster: cluster.arn,
      taskDefinition,
      desiredCount: count,
      capacityProviderStrategies: [{ capacityProvider: provider(process, environment), weight: 1 }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      // `pulumi up` fails if the deployment does.
      waitForSteadyState: true,
      networkConfiguration: {
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId, ...args.moreSecurityGroupIds],
        assignPublicIp: false,
      },
      ...(targetGroupArn !== undefined && {
        loadBalancers: [{ containerName: process, containerPort: portOf(process), targetGroupArn }],
        healthCheckGracePeriodSeconds: 60,
      }),
      serviceRegistries: { registryArn },
      enableExecuteCommand: exec,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
    },
    // The scaling policy, where there is one, sets the number of tasks.
    { ...options, ...(most !== undefined && { ignoreChanges: ['desiredCount'] }) },
  )
}

/** A worker gives its tasks back when it is stopped, so it may run on spot capacity, which AWS reclaims at two minutes' notice. */
function provider(process: ProcessName, environment: Environment): 'FARGATE' | 'FARGATE_SPOT' {
  return process === 'worker' && !environment.protected ? 'FARGATE_SPOT' : 'FARGATE'
}
