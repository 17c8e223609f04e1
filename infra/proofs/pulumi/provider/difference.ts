import { kindOf } from '../../stand-in/kinds.ts'
import { same, textOf, type Properties } from '../../wire/values.ts'

/** What a change of inputs comes to. */
export interface Difference {
  /** The inputs that say something else. */
  changed: string[]
  /** Those of them that can't be changed in place. */
  replaces: string[]
  /** Whether the old one must go first: both would have the same name, which the program gave. */
  deleteBeforeReplace: boolean
}

export function differenceOf(type: string, olds: Properties, news: Properties): Difference {
  const { named, replaces: unchangeable } = kindOf(type)
  const properties = new Set([...Object.keys(olds), ...Object.keys(news)])
  const changed = [...properties].filter((property) => !same(olds[property], news[property])).toSorted()
  const replaces = changed.filter((property) => unchangeable.includes(property))
  const keepsName = named !== undefined && same(olds[named], news[named]) && !isGenerated(textOf(news[named]))
  return { changed, replaces, deleteBeforeReplace: replaces.length > 0 && keepsName }
}

const isGenerated = (name: string): boolean => /-[0-9a-f]{7}$/.test(name)
