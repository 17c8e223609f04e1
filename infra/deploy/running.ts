import { appOf, appNames, awsNamesOf, processNames, type AppName, type Environment } from '@continuum/environments'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { DeploymentError } from './command.ts'

/** The output of `pulumi stack export`, as far as it tells what runs. */
const State = Type.Object({
  deployment: Type.Object({
    resources: Type.Optional(
      Type.Array(
        Type.Object({
          urn: Type.String(),
          type: Type.String(),
          delete: Type.Optional(Type.Boolean()),
          inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          outputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          initErrors: Type.Optional(Type.Array(Type.String())),
        }),
      ),
    ),
    pending_operations: Type.Optional(Type.Array(Type.Unknown())),
  }),
})
type Resource = NonNullable<Static<typeof State>['deployment']['resources']>[number]

const Containers = Type.Array(Type.Object({ name: Type.String(), image: Type.String() }))

/**
 * The address of the image that each app runs, by the state of a stack: that of the task definitions which its services have and
 * with which they became steady. Apps that do not run are left out.
 *
 * @param environment of the stack: in the shape `small` all run in one service
 * @param state the output of `pulumi stack export`
 * @throws DeploymentError if the last deployment of the stack has not ended well
 */
export function addressesThatRun(
  environment: Pick<Environment, 'name' | 'prefix' | 'shape'>,
  state: string,
): ReadonlyMap<AppName, string> {
  const { name: stack, shape } = environment
  const { container } = awsNamesOf(environment)
  const { deployment } = Value.Parse(State, JSON.parse(state))
  if ((deployment.pending_operations ?? []).length > 0) throw unfinished(stack, 'an operation of it is pending')
  const { resources = [] } = deployment
  const found = processNames.flatMap((process): [AppName, string][] => {
    const service = resources.find(
      (each) =>
        each.delete !== true &&
        each.urn.endsWith(`aws:ecs/service:Service::services-${shape === 'small' ? 'shared' : process}`),
    )
    if (service === undefined) return []
    if ((service.initErrors ?? []).length > 0) throw unfinished(stack, `${process} did not become steady`)
    return [[appOf(process), imageOfTask(service, resources, container(process))]]
  })
  return new Map(
    appNames.flatMap((app): [AppName, string][] => {
      const [image, ...others] = new Set(found.filter(([each]) => each === app).map(([, each]) => each))
      if (others.length > 0) throw unfinished(stack, `the processes of ${app} run different images`)
      return image === undefined ? [] : [[app, image]]
    }),
  )
}

function imageOfTask(service: Resource, resources: readonly Resource[], container: string): string {
  const arn = service.inputs?.['taskDefinition']
  const task = resources.find(
    ({ type, outputs }) => type === 'aws:ecs/taskDefinition:TaskDefinition' && outputs?.['arn'] === arn,
  )
  const text = task?.inputs?.['containerDefinitions']
  const containers = typeof text === 'string' ? Value.Parse(Containers, JSON.parse(text)) : []
  return containers.find(({ name }) => name === container)?.image ?? ''
}

const unfinished = (stack: string, why: string) =>
  new DeploymentError(`The last deployment of ${stack} has not ended well (${why}): bring it up first`)
