import { isDoi } from '../jats/doi.ts'
import { readContributors } from '../jats/contributors.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import { attributeOf, childOf, childrenOf, textOf, type Element } from '../jats/tree.ts'
import { eifContributor } from './contributors.ts'
import type { EifContributor, EifFragment } from './eif.ts'
import type { EifReferences } from './references.ts'

/** A part before it has an address, which depends on its place among others. */
interface Part {
  readonly type: EifFragment['type']
  /** Its name in addresses, without number. */
  readonly segment: string
  readonly title: string
  readonly doi: string
  readonly contributors: readonly EifContributor[]
  readonly parts: readonly Part[]
}

const segments: Readonly<Record<Exclude<EifFragment['type'], 'sub-article'>, string>> = {
  abstract: 'abstract',
  'boxed-text': 'box',
  fig: 'figure',
  media: 'media',
  'supplementary-material': 'supp-material',
  'table-wrap': 'table',
}

/** Segments that are not numbered when they come first: `abstract`, `abstract2`. */
const numberedFromTwo = new Set(['abstract', 'decision', 'response'])

/** Parts with a DOI of their own, each under its address below the article's page; parts within parts nest. */
export function eifFragments({ root }: ArticleXml, path: string, targets: EifReferences): readonly EifFragment[] {
  const places = [childOf(root, 'front', 'article-meta'), childOf(root, 'body'), childOf(root, 'back')]
  const subArticles = childrenOf(root, 'sub-article').flatMap((article) => subArticle(article, targets))
  return addressed([...places.flatMap(partsBelow), ...subArticles], path)
}

function partsBelow(element: Element | undefined): readonly Part[] {
  return childrenOf(element).flatMap((child) => {
    const parts = partsBelow(child)
    if (child.name === 'fig-group') return figureGroup(parts)
    const type = isFragment(child.name) ? child.name : undefined
    const doi = doiOfPart(child)
    const title =
      textOf(childOf(child, 'label')) || textOf(childOf(child, 'title')) || textOf(childOf(child, 'caption', 'title'))
    if (!type || !doi || (type !== 'abstract' && !title)) return parts
    return [{ type, segment: segments[type], title, doi, contributors: [], parts }]
  })
}

/** The first figure of a group holds the others, its supplements. */
function figureGroup([first, ...others]: readonly Part[]): readonly Part[] {
  if (!first) return []
  const supplements = others.map((part) => (part.type === 'fig' ? { ...part, segment: 'figure-supp' } : part))
  return [{ ...first, parts: [...first.parts, ...supplements] }]
}

function subArticle(article: Element, targets: EifReferences): readonly Part[] {
  const stub = childOf(article, 'front-stub')
  const doi = doiAmong(childrenOf(stub, 'article-id'))
  const title = textOf(childOf(stub, 'title-group', 'article-title'))
  if (!doi || !title) return []
  const isReply = attributeOf(article, 'article-type') === 'reply'
  return [
    {
      type: 'sub-article',
      segment: isReply ? 'response' : 'decision',
      title,
      doi,
      contributors: readContributors(stub).flatMap((contributor) => eifContributor(contributor, targets)),
      parts: partsBelow(childOf(article, 'body')),
    },
  ]
}

function addressed(parts: readonly Part[], path: string): readonly EifFragment[] {
  const counts = new Map<string, number>()
  return parts.map(({ type, segment, title, doi, contributors, parts: inner }) => {
    const count = (counts.get(segment) ?? 0) + 1
    counts.set(segment, count)
    const own = `${path}/${segment}${count === 1 && numberedFromTwo.has(segment) ? '' : count}`
    return { type, title: title || undefined, doi, path: own, contributors, fragments: addressed(inner, own) }
  })
}

function isFragment(name: string): name is keyof typeof segments {
  return Object.hasOwn(segments, name)
}

function doiOfPart(element: Element): string {
  return doiAmong(childrenOf(element, 'object-id'))
}

function doiAmong(ids: readonly Element[]): string {
  const doi = textOf(ids.find((id) => attributeOf(id, 'pub-id-type') === 'doi'))
  return isDoi(doi) ? doi : ''
}
