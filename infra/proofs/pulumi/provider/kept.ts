import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imagesOf, removeImages } from '../../registry/images.ts'
import { unhealthyService } from '../../registry/deployment.ts'
import { askStandIn } from '../../stand-in/functions.ts'
import type { AwsContext } from '../../stand-in/rules/kind.ts'
import { make } from '../../stand-in/make.ts'
import { refusedChange } from '../../stand-in/refusals/changes.ts'
import { mayBeRefused, refusalOf } from '../../stand-in/refusals/refusals.ts'
import { textOf, type Properties } from '../../wire/values.ts'
import { updated, type Keeper } from './keeper.ts'

/** The content of a file. Changing it by hand is like changing the resource in AWS's console. */
interface Kept {
  type: string
  id: string
  inputs: Properties
  outputs: Properties
}

/** Keeps resources as JSON files in `folder`. Refuses what AWS does: an id that exists, and what `../../stand-in/refusals` says. */
export function keptIn(folder: string, context: AwsContext): Keeper {
  mkdirSync(folder, { recursive: true })
  /** One file per resource, by its ARN and its id: revisions of a task definition share an id, versions of a secret an ARN. */
  const fileOf = ({ type, id, outputs }: Pick<Kept, 'type' | 'id' | 'outputs'>) => {
    const own = createHash('sha256').update(`${type} ${textOf(outputs['arn'])} ${id}`)
    return join(folder, `${own.digest('hex').slice(0, 32)}.json`)
  }
  const write = (record: Kept, flag: 'w' | 'wx') =>
    writeFileSync(fileOf(record), JSON.stringify(record, null, 2), { flag })

  return {
    async create({ type, name, inputs }) {
      const refused = mayBeRefused(type)
        ? (refusalOf({ type, inputs, region: context.region }, recordsIn(folder)) ??
          unhealthyService({ type, inputs }, recordsIn(folder), folder))
        : undefined
      if (refused !== undefined) throw new Error(refused)
      const { id, outputs } = make({ type, name, inputs, digits: randomBytes(32).toString('hex') }, context)
      if (type === secretVersionType)
        for (const former of recordsIn(folder).filter((each) => hasLabel(each, inputs))) rmSync(fileOf(former))
      try {
        write({ type, id, inputs, outputs }, 'wx')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
          throw new Error(`EntityAlreadyExists: a ${type} ${id} exists already`, { cause: error })
        throw error
      }
      return { id, outputs }
    },
    async read(thing) {
      return readRecord(fileOf(thing))
    },
    async update({ type, id, oldInputs, inputs, outputs }) {
      const refused =
        refusedChange(type, oldInputs, inputs) ?? unhealthyService({ type, inputs }, recordsIn(folder), folder)
      if (refused !== undefined) throw new Error(refused)
      const known = updated(outputs, oldInputs, inputs)
      write({ type, id, inputs, outputs: known }, 'w')
      return known
    },
    async delete(thing) {
      rmSync(fileOf(thing), { force: true })
      if (thing.type === repositoryType) removeImages(folder, thing.id)
    },
    async invoke(token, args) {
      return askStandIn(token, args, { ...context, repositories: repositoriesIn(folder) })
    },
  }
}

const secretVersionType = 'aws:secretsmanager/secretVersion:SecretVersion'

/** True for the version of a secret that has the label which a new one takes: one without labels is forgotten. */
const hasLabel = ({ type, inputs }: Kept, taking: Properties): boolean =>
  type === secretVersionType &&
  inputs['secretId'] === taking['secretId'] &&
  JSON.stringify(inputs['versionStages']) === JSON.stringify(taking['versionStages'])

const repositoryType = 'aws:ecr/repository:Repository'

/** The repositories, each with its images: `TAG@sha256:...` for each tag of one, and `sha256:...` for one without. */
function repositoriesIn(folder: string): Record<string, string[]> {
  const repositories = recordsIn(folder).filter(({ type }) => type === repositoryType)
  return Object.fromEntries(
    repositories.map(({ id }) => [
      id,
      imagesOf(folder, id).flatMap(({ tags, digest }) =>
        tags.length === 0 ? [digest] : tags.map((tag) => `${tag}@${digest}`),
      ),
    ]),
  )
}

const recordsIn = (folder: string): Kept[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? (readRecord(join(folder, name)) ?? []) : []))

function readRecord(file: string): Kept | undefined {
  try {
    const record: Kept = JSON.parse(readFileSync(file, 'utf8'))
    return record
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
