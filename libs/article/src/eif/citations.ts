import { isDoi } from '../jats/doi.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  textOf,
  wordsOf,
  type Element,
} from '../jats/tree.ts'
import { jatsOf } from '../jats/markup.ts'
import type { EifCitation } from './eif.ts'

/** The reference list, by the ids that the text cites. */
export function eifCitations({ root }: ArticleXml): Readonly<Record<string, EifCitation>> {
  const references = [...descendantsOf(childOf(root, 'back'), ['ref'])]
  return Object.fromEntries(
    references.flatMap((reference) => {
      const id = attributeOf(reference, 'id')
      const citation = childOf(reference, 'element-citation') ?? childOf(reference, 'mixed-citation')
      return id && citation ? [[id, eifCitation(citation)]] : []
    }),
  )
}

function eifCitation(citation: Element): EifCitation {
  const title =
    childOf(citation, 'article-title') ?? childOf(citation, 'chapter-title') ?? childOf(citation, 'data-title')
  const doi = textOf(childrenOf(citation, 'pub-id').find((id) => attributeOf(id, 'pub-id-type') === 'doi'))
  return {
    authors: childrenOf(citation, 'person-group').flatMap(authorsOf),
    year: yearOf(citation),
    title: jatsOf(title) || undefined,
    source: jatsOf(childOf(citation, 'source')) || undefined,
    doi: isDoi(doi) ? doi : undefined,
    comment: jatsOf(childOf(citation, 'comment')) || undefined,
  }
}

type EifCitationAuthors = NonNullable<EifCitation['authors']>

function authorsOf(group: Element): EifCitationAuthors {
  const type = attributeOf(group, 'person-group-type') ?? 'author'
  return childrenOf(group, 'name', 'collab').flatMap((author): EifCitationAuthors => {
    if (author.name === 'collab') return [{ 'group-type': type, collab: textOf(author) }]
    const surname = textOf(childOf(author, 'surname'))
    const givenNames = wordsOf(childOf(author, 'given-names'))
    const suffix = wordsOf(childOf(author, 'suffix'))
    return surname ? [{ 'group-type': type, surname, 'given-names': givenNames, suffix }] : []
  })
}

/** Four digits, a span of years, or `in press`: what readers of the EIF understand. The letter of `2007a` is left out. */
function yearOf(citation: Element): string | undefined {
  const year = textOf(firstBelow(citation, 'year'))
  return /^(\d{4}(?:–\d{4})?)[a-z]*$/.exec(year)?.[1] ?? /^in press$/i.exec(year)?.[0]
}
