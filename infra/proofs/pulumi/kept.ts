import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parsed } from '../stand-in/rules/documents.ts'
import { isObject, textOf, type Properties, type Value } from '../wire/values.ts'

/** A resource in the stand-in's store, with its inputs and outputs. */
interface Kept {
  type: string
  inputs: Properties
  outputs: Properties
}

/** A task that ECS would start for a service: the container of its task definition, with its secrets. */
export interface Task {
  /** The process. */
  name: string
  count: number
  command: string[]
  variables: Record<string, string>
}

/** Reads the tasks of all services from the task definitions and secrets that Pulumi created. */
export function tasksIn(store: string): Task[] {
  const kept = readdirSync(store).map((file): Kept => JSON.parse(readFileSync(join(store, file), 'utf8')))
  const of = (type: string) => kept.filter((each) => each.type === type)
  const definitions = new Map(
    of('aws:ecs/taskDefinition:TaskDefinition').map(({ inputs, outputs }) => [textOf(outputs['arn']), inputs]),
  )
  const secrets = new Map(
    of('aws:secretsmanager/secretVersion:SecretVersion').map(({ inputs }) => [
      textOf(inputs['secretId']),
      textOf(inputs['secretString']),
    ]),
  )
  return of('aws:ecs/service:Service').map(({ inputs }) => {
    const containers = parsed(definitions.get(textOf(inputs['taskDefinition']))?.['containerDefinitions'] ?? null)
    const [container] = Array.isArray(containers) ? containers.filter(isObject) : []
    if (container === undefined) throw new Error(`The service ${textOf(inputs['name'])} has no task definition`)
    const held = pairs(container['secrets'], 'valueFrom').map(([name, arn]) => [name, secrets.get(arn) ?? ''] as const)
    return {
      name: textOf(container['name']),
      count: Number(inputs['desiredCount']),
      command: list(container['command']).map(textOf),
      variables: Object.fromEntries([...pairs(container['environment'], 'value'), ...held]),
    }
  })
}

const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : [])

const pairs = (value: Value | undefined, key: string): [name: string, text: string][] =>
  list(value)
    .filter(isObject)
    .map((pair) => [textOf(pair['name']), textOf(pair[key])])
