import { loadEnvironment, readStackSettings, type Environment } from '@continuum/environments'
import { makeEnvironment } from '../../environment.ts'
import { plan, valueOf } from './planned.ts'

/** A whole environment against Pulumi's mocks, some of its values or its stack's configuration changed. */
export async function planEnvironment(
  name: string,
  changes: Partial<Environment> = {},
  config: Record<string, string> = { tag: 'abc' },
) {
  const environment = { ...(await loadEnvironment(name)), ...changes }
  const { resources, made } = await plan(() => makeEnvironment(environment, readStackSettings(name, config)))
  const of = (type: string) => resources.filter((each) => each.type === type)
  /** The inputs of the one resource of this type and name. */
  const inputsOf = (type: string, resource: string) => of(type).find((each) => each.name === resource)?.inputs ?? {}
  return { environment, resources, of, inputsOf, outputs: await valueOf(made) }
}

export type PlannedEnvironment = Awaited<ReturnType<typeof planEnvironment>>
