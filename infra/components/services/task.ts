import { awsNamesOf, portOf, type Environment, type ProcessName } from '@continuum/environments'
import { ecs } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { writableFolders } from './container.ts'
import type { ProcessArgs } from './process-args.ts'
import type { Roles } from './roles/roles.ts'

type Of = Pick<ProcessArgs, 'process' | 'environment' | 'exec'>

/** What a task of the process is; a change makes a new revision of it. */
export function makeTask(
  name: string,
  { process, environment, exec }: Of,
  container: Output<object>,
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
      taskRoleArn: roles.own,
      executionRoleArn: roles.starting,
      volumes: Object.keys(writableFolders(exec)).map((volume) => ({ name: volume })),
      containerDefinitions: container.apply((definition) => JSON.stringify([definition])),
      // Earlier ones stay, so that a deployment can be taken back to them.
      skipDestroy: true,
    },
    child,
  )
}

/** What keeps as many tasks running as are wanted. */
export function makeService(
  name: string,
  args: Omit<ProcessArgs, 'ground'>,
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
      // A deployment that does not come up is an error of `pulumi up`, not a surprise afterwards.
      waitForSteadyState: true,
      networkConfiguration: {
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        assignPublicIp: false,
      },
      ...(targetGroupArn !== undefined && {
        loadBalancers: [{ containerName: process, containerPort: portOf(process), targetGroupArn }],
        healthCheckGracePeriodSeconds: 60,
      }),
      ...(registryArn !== undefined && { serviceRegistries: { registryArn } }),
      enableExecuteCommand: exec,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
    },
    // Where it is scaled, how many run is for the scaling to say.
    { ...options, ...(most !== undefined && { ignoreChanges: ['desiredCount'] }) },
  )
}

/** Whose work is given back when it is stopped may stand on capacity that AWS takes away at two minutes' notice. */
function provider(process: ProcessName, environment: Environment): 'FARGATE' | 'FARGATE_SPOT' {
  return process === 'worker' && !environment.protected ? 'FARGATE_SPOT' : 'FARGATE'
}
