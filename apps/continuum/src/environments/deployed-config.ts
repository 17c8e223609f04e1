import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'
import { awsNamesOf, partOf, type Environment, type ProcessName } from '@continuum/environments'
import { UserError } from '../errors/user-error.ts'
import type { ProcessConfig } from './config.ts'

/** Reads the configuration of a process from the task definition that its service runs now. */
export async function deployedConfig(
  process: ProcessName,
  environment: Environment,
): Promise<ProcessConfig & { image: string }> {
  const ecs = new ECSClient({ region: environment.region })
  const { cluster, service, container: containerOf } = awsNamesOf(environment)
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service(process)] }))
  const taskDefinition = services[0]?.taskDefinition
  if (taskDefinition === undefined)
    throw new UserError(`${process} is not running in the ECS cluster ${cluster}: deploy it first (pulumi up).`)
  const { taskDefinition: found } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  const container = found?.containerDefinitions?.find(({ name }) => name === containerOf(process))
  if (!container) throw new UserError(`${taskDefinition} has no container ${containerOf(process)}.`)
  const { environment: variables = [], secrets = [], image = '' } = container
  const told = {
    variables: Object.fromEntries(variables.map(({ name = '', value = '' }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name = '', valueFrom = '' }) => [name, valueFrom])),
  }
  if (containerOf(process) === process) return { image, ...told }
  // Of what the container is told for all its processes, the part of this one.
  return { image, variables: partOf(process, told.variables), secrets: partOf(process, told.secrets) }
}
