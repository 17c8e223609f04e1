import { imagesOf, isHealthy } from './images.ts'

interface Resource {
  readonly type: string
  readonly inputs: Readonly<Record<string, unknown>>
}

/**
 * Tells whether ECS gives a deployment of a service up: an image of its task definition was pushed as one whose tasks never become
 * healthy.
 *
 * @param existing the resources of the store, among them the task definition
 * @returns the error of the deployment; undefined if it succeeds
 */
export function unhealthyService(
  { type, inputs }: Resource,
  existing: readonly (Resource & { readonly outputs: Readonly<Record<string, unknown>> })[],
  store: string,
): string | undefined {
  if (type !== 'aws:ecs/service:Service') return undefined
  const definition = existing.find(({ outputs }) => outputs['arn'] === inputs['taskDefinition'])
  const containers = String(definition?.inputs['containerDefinitions'])
  const [, repository = '', name = ''] = /amazonaws\.com\/([^"@:]+)[:@]([^"]+)"/.exec(containers) ?? []
  const image = imagesOf(store, repository).find(({ digest, tags }) => digest === name || tags.includes(name))
  return image === undefined || isHealthy(store, repository, image)
    ? undefined
    : `waiting for ECS Service (${String(inputs['name'])}): ECS deployment circuit breaker: tasks failed to start`
}
