import { loadEnvironment, readStackSettings, type Environment } from '@continuum/environments'
import { makeEnvironment } from '../../environment.ts'
import { plan, valueOf } from './planned.ts'

/** Plans a whole environment under Pulumi's mocks, with changes to its values or its stack's configuration. */
export async function planEnvironment(
  name: string,
  changes: Partial<Environment> = {},
  config: Record<string, string> = { tag: 'abc' },
) {
  const environment = { ...(await loadEnvironment(name)), ...changes }
  const { resources, made } = await plan(() => makeEnvironment(environment, readStackSettings(name, config)))
  const of = (type: string) => resources.filter((each) => each.type === type)
  /** The inputs of the resource with this type and name. */
  const inputsOf = (type: string, resource: string) => of(type).find((each) => each.name === resource)?.inputs ?? {}
  return { environment, resources, of, inputsOf, outputs: await valueOf(made) }
}

export type PlannedEnvironment = Awaited<ReturnType<typeof planEnvironment>>
