import { Type } from 'typebox'
import { Block, entriesOf, partOf, type Article } from '../article/article.ts'

const kinds = new Set(['figure', 'image', 'table', 'video', 'audio'])
const Named = Type.Interface([Block], {
  label: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  assets: Type.Optional(Type.Array(Type.Unknown())),
})
const Place = Type.Object({
  id: Type.Optional(Type.String()),
  label: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
})

/** The figures, tables and videos of an article, in reading order; those of letters and inner articles are not among them. */
export function figuresOf(article: Article): Block[] {
  const { abstract, abstracts, digest, body, appendices, backSections } = article
  return [abstract, abstracts, digest, body, appendices, backSections].flatMap(figuresIn)
}

function figuresIn(value: unknown): Block[] {
  if (Array.isArray(value)) return value.flatMap(figuresIn)
  if (typeof value !== 'object' || value === null) return []
  const known = partOf(Named, value)
  if (!known || !kinds.has(known.type)) return Object.values(value).flatMap(figuresIn)
  // A picture without a number or a name belongs to the text around it.
  return known.label || known.title || known.assets ? [known] : []
}

/** Places of figures with their labels, for a list of contents. */
export function figurePlaces(figures: readonly Block[]): { id: string; title: string; sections: [] }[] {
  return figures.flatMap((figure) => {
    const own = partOf(Place, figure)
    const [first] = entriesOf(Place, partOf(Named, figure)?.assets)
    const id = own?.id ?? first?.id
    const title = own?.label ?? own?.title ?? first?.label ?? first?.title
    return id && title ? [{ id, title, sections: [] }] : []
  })
}
