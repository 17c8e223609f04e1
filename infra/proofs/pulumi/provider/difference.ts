import { kindOf } from '../../stand-in/kinds.ts'
import { same, textOf, type Properties } from '../../wire/values.ts'

/** The effect of changed inputs. */
export interface Difference {
  /** The inputs that differ. */
  changed: string[]
  /** Those that cannot be changed in place. */
  replaces: string[]
  /** True if the old resource must be deleted first, because both have the same given name. */
  deleteBeforeReplace: boolean
}

/** Compares the old and new inputs of a resource. */
export function differenceOf(type: string, olds: Properties, news: Properties): Difference {
  const { named, replaces: unchangeable } = kindOf(type)
  const properties = new Set([...Object.keys(olds), ...Object.keys(news)])
  const changed = [...properties].filter((property) => !same(olds[property], news[property])).toSorted()
  const replaces = changed.filter((property) => unchangeable.includes(property))
  const keepsName = named !== undefined && same(olds[named], news[named]) && !isGenerated(textOf(news[named]))
  return { changed, replaces, deleteBeforeReplace: replaces.length > 0 && keepsName }
}

const isGenerated = (name: string): boolean => /-[0-9a-f]{7}$/.test(name)
