import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'
import { awsNamesOf, type Environment, type ProcessName } from '@continuum/environments'
import { Refusal } from '../errors/user-error.ts'
import type { ProcessConfig } from './config.ts'

/** What the tasks of a process are started with now, by the task definition that its service runs. */
export async function deployedConfig(
  process: ProcessName,
  environment: Environment,
): Promise<ProcessConfig & { image: string }> {
  const ecs = new ECSClient({ region: environment.region })
  const { cluster, service } = awsNamesOf(environment)
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service(process)] }))
  const taskDefinition = services[0]?.taskDefinition
  if (taskDefinition === undefined)
    throw new Refusal(`${process} does not run in the ECS cluster ${cluster}: nothing is deployed (pulumi up).`)
  const { taskDefinition: found } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  const container = found?.containerDefinitions?.find(({ name }) => name === service(process))
  if (!container) throw new Refusal(`${taskDefinition} has no container ${service(process)}.`)
  const { environment: variables = [], secrets = [], image = '' } = container
  return {
    image,
    variables: Object.fromEntries(variables.map(({ name = '', value = '' }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name = '', valueFrom = '' }) => [name, valueFrom])),
  }
}
