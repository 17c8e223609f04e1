import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askStandIn } from '../../stand-in/functions.ts'
import type { Ground } from '../../stand-in/rules/kind.ts'
import { make } from '../../stand-in/make.ts'
import { textOf, type Properties } from '../../wire/values.ts'
import { updated, type Keeper } from './keeper.ts'

/** What is in a file: a person may change it by hand, as one changes something in AWS's console. */
interface Kept {
  type: string
  id: string
  inputs: Properties
  outputs: Properties
}

/** Keeps resources as what they were given: a JSON file each, in `folder`. What has the id of another is refused, as AWS does. */
export function keptIn(folder: string, ground: Ground): Keeper {
  mkdirSync(folder, { recursive: true })
  /** One a resource: by its ARN where it has one, for a task definition has the same id in each revision. */
  const fileOf = ({ type, id, outputs }: Pick<Kept, 'type' | 'id' | 'outputs'>) => {
    const own = createHash('sha256').update(`${type} ${textOf(outputs['arn']) || id}`)
    return join(folder, `${own.digest('hex').slice(0, 32)}.json`)
  }
  const write = (record: Kept, flag: 'w' | 'wx') =>
    writeFileSync(fileOf(record), JSON.stringify(record, null, 2), { flag })

  return {
    async create({ type, name, inputs }) {
      const { id, outputs } = make({ type, name, inputs, digits: randomBytes(32).toString('hex') }, ground)
      try {
        write({ type, id, inputs, outputs }, 'wx')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
          throw new Error(`EntityAlreadyExists: there is a ${type} ${id} already`, { cause: error })
        throw error
      }
      return { id, outputs }
    },
    async read(thing) {
      return readRecord(fileOf(thing))
    },
    async update({ type, id, oldInputs, inputs, outputs }) {
      const known = updated(outputs, oldInputs, inputs)
      write({ type, id, inputs, outputs: known }, 'w')
      return known
    },
    async delete(thing) {
      rmSync(fileOf(thing), { force: true })
    },
    async invoke(token, args) {
      return askStandIn(token, args, ground)
    },
  }
}

function readRecord(file: string): Kept | undefined {
  try {
    const record: Kept = JSON.parse(readFileSync(file, 'utf8'))
    return record
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
