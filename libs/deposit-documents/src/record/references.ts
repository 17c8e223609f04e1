import { attributeOf, childOf, childrenOf, descendantsOf, textOf, wordsOf, type Element } from '@continuum/article/jats'
import { doiIn } from './doi.ts'
import type { Reference } from './record.ts'

const citations = ['element-citation', 'mixed-citation', 'nlm-citation', 'citation']

/** Works in the article's own list of references, in its order; letters have lists of their own, which are not theirs. */
export function readReferences(root: Element): readonly Reference[] {
  const lists = [...descendantsOf(childOf(root, 'back'), ['ref-list'], ['ref-list'])]
  const refs = lists.flatMap((list) => [...descendantsOf(list, ['ref'])])
  return refs.flatMap((ref, index) => {
    // A reference to several works is one of the first; the others stand in its text.
    const [citation] = [...descendantsOf(ref, citations)]
    return citation === undefined ? [] : [toReference(citation, attributeOf(ref, 'id') ?? `ref${index + 1}`)]
  })
}

function toReference(citation: Element, id: string): Reference {
  const words = (name: string) => wordsOf(childOf(citation, name))
  const type = attributeOf(citation, 'publication-type') ?? attributeOf(citation, 'citation-type') ?? 'other'
  const firstPage = words('fpage') ?? words('page-range')?.split(/[-–]/)[0]
  return {
    id,
    type,
    firstAuthor: firstAuthorOf(citation),
    articleTitle: words('article-title') ?? words('chapter-title') ?? words('part-title') ?? words('data-title'),
    source: words('source') ?? words('conf-name'),
    volume: words('volume'),
    issue: words('issue'),
    firstPage,
    elocationId: words('elocation-id'),
    year: /\d{4}/.exec(words('year') ?? '')?.[0],
    doi: doiOf(citation),
    isbn: words('isbn'),
    text: citation.name === 'element-citation' ? inOneLine(citation) : textOf(citation),
  }
}

function firstAuthorOf(citation: Element): string | undefined {
  const [author] = [...descendantsOf(citation, ['name', 'string-name', 'collab'])]
  return wordsOf(childOf(author, 'surname')) ?? wordsOf(author)
}

function doiOf(citation: Element): string | undefined {
  const ids = childrenOf(citation, 'pub-id').filter((id) => attributeOf(id, 'pub-id-type') === 'doi')
  const links = childrenOf(citation, 'ext-link').filter((link) => /doi/i.test(attributeOf(link, 'ext-link-type') ?? ''))
  const written = [...ids.map(textOf), ...links.map((link) => attributeOf(link, 'xlink:href') ?? textOf(link))]
  return written.map(doiIn).find((doi) => doi !== undefined)
}

/** A citation of marked parts, as a reader would write it: authors, year, titles, and the rest in its order. */
function inOneLine(citation: Element): string {
  const authors = [...descendantsOf(citation, ['name', 'string-name', 'collab'])]
    .filter((_, index) => index < 20)
    .map((author) =>
      author.name === 'name'
        ? [textOf(childOf(author, 'surname')), textOf(childOf(author, 'given-names'))].filter(Boolean).join(' ')
        : textOf(author),
    )
  const known = ['person-group', 'name', 'string-name', 'collab', 'year', 'pub-id', 'lpage']
  const rest = childrenOf(citation)
    .filter(({ name }) => !known.includes(name))
    .map((child) => (child.name === 'ext-link' ? (attributeOf(child, 'xlink:href') ?? textOf(child)) : textOf(child)))
  const year = wordsOf(childOf(citation, 'year'))
  return [authors.join(', '), year, ...rest].filter(Boolean).join('. ')
}
