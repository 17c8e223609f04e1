import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parsed } from '../stand-in/rules/documents.ts'
import { isObject, listOf, textOf, type Properties, type Value } from '../wire/values.ts'

/** A resource in the stand-in's store, with its inputs and outputs. */
interface Kept {
  type: string
  inputs: Properties
  outputs: Properties
}

/** A container of a task definition, with its secrets. */
export interface Container {
  name: string
  command: string[]
  variables: Record<string, string>
}

/** A container that ECS would keep running for a service: of one process, or of several. */
export interface Task extends Container {
  count: number
  /** The containers that must end well before it starts. */
  before: Container[]
}

/** Reads the database that Pulumi created, with the file that it is kept in; undefined where there is none. */
export function databaseIn(store: string): (Kept & { file: string }) | undefined {
  for (const name of readdirSync(store).filter((each) => each.endsWith('.json'))) {
    const file = join(store, name)
    const kept: Kept = JSON.parse(readFileSync(file, 'utf8'))
    if (kept.type === 'aws:rds/instance:Instance') return { ...kept, file }
  }
  return undefined
}

/** Loses the database, as AWS would with its region. @returns the inputs that it was made with */
export function loseDatabase(store: string): Properties {
  const found = databaseIn(store)
  if (!found) throw new Error('there is no database to lose')
  rmSync(found.file)
  return found.inputs
}

/** Reads the resources in a store. */
function recordsIn(store: string): Kept[] {
  const files = readdirSync(store).filter((file) => file.endsWith('.json'))
  return files.map((file): Kept => JSON.parse(readFileSync(join(store, file), 'utf8')))
}

/** The images of a repository that the services of a store run, each once: `:TAG` or `@sha256:...`. */
export function imagesInUse(store: string, repository: string): string[] {
  const kept = recordsIn(store)
  const services = kept.filter(({ type }) => type === 'aws:ecs/service:Service')
  const run = new Set(services.map(({ inputs }) => textOf(inputs['taskDefinition'])))
  const images = kept
    .filter(({ outputs }) => run.has(textOf(outputs['arn'])))
    .flatMap(({ inputs }) => [...textOf(inputs['containerDefinitions']).matchAll(/"image":"[^"/]+\/([^"]+)"/g)])
    .map(([, image = '']) => image)
    .filter((image) => /^[:@]/.test(image.slice(repository.length)) && image.startsWith(repository))
  return [...new Set(images.map((image) => image.slice(repository.length)))]
}

/** Reads the tasks of all services from the task definitions and secrets that Pulumi created. */
export function tasksIn(store: string): Task[] {
  const kept = recordsIn(store)
  const of = (type: string) => kept.filter((each) => each.type === type)
  const definitions = new Map(
    of('aws:ecs/taskDefinition:TaskDefinition').map(({ inputs, outputs }) => [textOf(outputs['arn']), inputs]),
  )
  const secrets = new Map(
    of('aws:secretsmanager/secretVersion:SecretVersion').map(({ inputs }) => {
      const [stage] = [inputs['versionStages'] ?? []].flat().map(textOf)
      const address = textOf(inputs['secretId'])
      return [stage === undefined ? address : `${address}::${stage}`, textOf(inputs['secretString'])]
    }),
  )
  return of('aws:ecs/service:Service').flatMap(({ inputs }) => {
    const defined = definitions.get(textOf(inputs['taskDefinition']))
    if (defined === undefined) throw new Error(`The service ${textOf(inputs['name'])} has no task definition`)
    const containers = listOf(parsed(defined['containerDefinitions'] ?? null)).filter(isObject)
    return containers
      .filter(({ essential }) => essential === true)
      .map((each) => ({
        ...containerIn(each, secrets),
        count: Number(inputs['desiredCount']),
        before: containers
          .filter((one) => awaited(each).includes(textOf(one['name'])))
          .map((one) => containerIn(one, secrets)),
      }))
  })
}

/** The containers for whose end a container waits. */
const awaited = ({ dependsOn }: Properties): string[] =>
  listOf(dependsOn)
    .filter(isObject)
    .map(({ containerName }) => textOf(containerName))

function containerIn(container: Properties, secrets: ReadonlyMap<string, string>): Container {
  const held = pairs(container['secrets'], 'valueFrom').map(
    ([name, from]) => [name, secretFrom(from, secrets)] as const,
  )
  return {
    name: textOf(container['name']),
    command: listOf(container['command']).map(textOf),
    variables: Object.fromEntries([...pairs(container['environment'], 'value'), ...held]),
  }
}

/**
 * Reads a secret as ECS does: `ARN`, of a secret in JSON `ARN:key::`, or of a version by its label `ARN::LABEL:`. RDS's own secrets are
 * not in the store.
 */
function secretFrom(from: string, secrets: ReadonlyMap<string, string>): string {
  const [, labelled] = /^(.+::[^:]+):$/.exec(from) ?? []
  if (labelled !== undefined && secrets.has(labelled)) return secrets.get(labelled) ?? ''
  const [, arn = '', key] = /^(.+?)(?::([^:]*)::)?$/.exec(from) ?? []
  const secret = secrets.get(arn) ?? ''
  if (key === undefined || secret === '') return secret
  return String(Reflect.get(Object(JSON.parse(secret)), key))
}

const pairs = (value: Value | undefined, key: string): [name: string, text: string][] =>
  listOf(value)
    .filter(isObject)
    .map((pair) => [textOf(pair['name']), textOf(pair[key])])
