import { Type } from 'typebox'
import { typeName } from '../article/labels.ts'
import { entriesOf, partOf } from '../article/article.ts'
import type { Edition } from '../editions/edition.ts'
import { retractedPrefix, saysRetracted } from '../editions/retraction.ts'

const Described = Type.Object({
  'impact-statement': Type.Optional(Type.String()),
  categories: Type.Optional(Type.Unknown()),
  contributors: Type.Optional(Type.Unknown()),
})
const Categories = Type.Object({
  'display-channel': Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  heading: Type.Optional(Type.Array(Type.String())),
})
const Contributor = Type.Object({
  type: Type.String(),
  surname: Type.Optional(Type.String()),
  'given-names': Type.Optional(Type.String()),
  suffix: Type.Optional(Type.String()),
  collab: Type.Optional(Type.String()),
})

/** An article in a list, as the posted document describes it. */
export interface ArticleCard {
  id: string
  /** With inline markup, like the statement. */
  title: string
  statement: string | undefined
  /** As the article's own page says it. */
  kind: string
  subjects: readonly string[]
  authors: readonly string[]
}

export function cardOf({ eif, retracted = false }: Pick<Edition, 'eif' | 'retracted'>): ArticleCard {
  const described = partOf(Described, eif)
  const categories = partOf(Categories, described?.categories)
  const [kind = typeName(eif['article-type'])] = [categories?.['display-channel'] ?? []].flat()
  return {
    id: eif['article-id'],
    title: retracted && !saysRetracted(eif.title) ? `${retractedPrefix}: ${eif.title}` : eif.title,
    statement: described?.['impact-statement'],
    kind,
    subjects: categories?.heading ?? [],
    authors: authorNames(described?.contributors),
  }
}

function authorNames(contributors: unknown): string[] {
  return entriesOf(Contributor, contributors)
    .filter(({ type }) => type === 'author')
    .map((person) => person.collab ?? [person['given-names'], person.surname, person.suffix].filter(Boolean).join(' '))
    .filter(Boolean)
}

/** Joins names: `A, B, C`, and more than three as `A, B ... Z`. */
export function authorLine(names: readonly string[]): string {
  return names.length > 3 ? `${names[0]}, ${names[1]} ... ${names.at(-1)}` : names.join(', ')
}
