import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../../jats/tree.ts'

/** Keywords that the public API does not know: of another kind, or in another language. */
export interface KeywordGroup {
  /** As the XML says it. */
  readonly type?: string | undefined
  readonly lang?: string | undefined
  readonly title?: string | undefined
  readonly keywords: readonly string[]
}

export interface Keywords {
  readonly keywords: readonly string[]
  readonly researchOrganisms: readonly string[]
  /** The heading of the keywords where it is not "Keywords". */
  readonly keywordsTitle?: string | undefined
  readonly keywordGroups: readonly KeywordGroup[]
}

const authorTypes = ['author-keywords', 'author', 'author-generated', 'keywords', '']

/** All keywords, with inline HTML. The first group in the article's own language whose kind is the authors' is "the" keywords. */
export function keywordsOf(meta: Element | undefined, language: string | undefined): Keywords {
  const groups = childrenOf(meta, 'kwd-group').map(groupOf)
  const isOwn = ({ type = '', lang }: KeywordGroup) =>
    authorTypes.includes(type) && (lang === undefined || language === undefined || lang === language)
  const organisms = groups.filter(({ type }) => type === 'research-organism')
  const tagged = groups.filter(({ type }) => type === 'author-keywords')
  const first = groups.find(isOwn)
  const own = tagged.length > 0 ? tagged : first ? [first] : []
  const rest = groups.filter((group) => !own.includes(group) && !organisms.includes(group))
  return {
    keywords: own.flatMap(({ keywords }) => keywords),
    researchOrganisms: [...new Set(organisms.flatMap(({ keywords }) => keywords))],
    keywordsTitle: own.flatMap(({ title }) => (title && !/^key ?words?[.:]*$/i.test(title) ? title : []))[0],
    keywordGroups: rest.filter(({ keywords, title }) => keywords.length > 0 || title),
  }
}

function groupOf(group: Element): KeywordGroup {
  const title = [childOf(group, 'label'), childOf(group, 'title')].map((element) => htmlOf(element)).filter(Boolean)
  return {
    type: attributeOf(group, 'kwd-group-type'),
    lang: attributeOf(group, 'xml:lang'),
    title: title.join(' ') || undefined,
    keywords: keywordsIn(group),
  }
}

/** Keywords, those below others after them; the parts of a compound are one. */
function keywordsIn(element: Element): readonly string[] {
  return childrenOf(element, 'kwd', 'compound-kwd', 'nested-kwd', 'unstructured-kwd-group', 'x').flatMap((child) => {
    if (child.name === 'x') return []
    if (child.name === 'nested-kwd') return keywordsIn(child)
    if (child.name !== 'compound-kwd') return [htmlOf(child)].filter(Boolean)
    return [
      childrenOf(child, 'compound-kwd-part')
        .map((part) => htmlOf(part))
        .filter(Boolean)
        .join(': '),
    ].filter(Boolean)
  })
}
