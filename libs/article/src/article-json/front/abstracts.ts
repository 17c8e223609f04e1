import { attributeOf, childOf, childrenOf, textOf, type Element } from '../../jats/tree.ts'
import { htmlOf } from '../../jats/markup.ts'
import { withoutSections, type Block, type Paragraph, type Section } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { type FilePlaces } from '../conversion.ts'
import { ownDoi } from '../titled.ts'

export interface Abstract {
  readonly doi?: string | undefined
  readonly content: readonly (Paragraph | Section)[]
  /** Its language, where that is not the article's. Not of the public API. */
  readonly lang?: string | undefined
  /** Its heading where that is not "Abstract". Not of the public API. */
  readonly title?: string | undefined
  /** Figures, tables and formulas in it, which the public API does not know there. Not of the public API. */
  readonly figures?: readonly Block[]
}

export interface Digest {
  readonly doi?: string | undefined
  readonly content: readonly Paragraph[]
  /** Its heading where that is not the usual one. Not of the public API. */
  readonly title?: string | undefined
}

/** An abstract beside the abstract: for another public, in another form or language. */
export interface FurtherAbstract {
  readonly id?: string | undefined
  /** As the XML says it: `summary`, `graphical`, `teaser`; `translation` for one in another language. */
  readonly type?: string | undefined
  readonly lang?: string | undefined
  readonly doi?: string | undefined
  readonly title?: string | undefined
  readonly content: readonly Block[]
}

export interface Abstracts {
  readonly abstract?: Abstract | undefined
  readonly digest?: Digest | undefined
  /** Not of the public API. */
  readonly abstracts?: readonly FurtherAbstract[]
}

const digestTypes = ['executive-summary', 'plain-language-summary']

/**
 * The abstract proper, the digest for a wider public, and all others in their order. Of several abstracts in different
 * languages that in the article's own is the abstract.
 */
export function abstractsOf(meta: Element | undefined, places: FilePlaces, language: string | undefined): Abstracts {
  const all = childrenOf(meta, 'abstract', 'trans-abstract')
  const plain = all.filter((element) => element.name === 'abstract' && typeOf(element) === undefined)
  const main = plain.find((element) => attributeOf(element, 'xml:lang') === language) ?? plain[0]
  const digest = all.find((element) => digestTypes.includes(typeOf(element) ?? ''))
  const read = main && abstractOf(main, places)
  const lang = attributeOf(main, 'xml:lang')
  const abstract = read && (lang === language ? read : { ...read, lang })
  const digestRead = digest && digestOf(digest, places)
  const others = all.filter((element) => !(element === main && abstract) && !(element === digest && digestRead))
  return {
    abstract,
    digest: digestRead,
    abstracts: others.flatMap((element) => furtherAbstract(element, places)),
  }
}

/** Paragraphs, or sections of paragraphs; what is neither is shown after them. */
function abstractOf(element: Element, places: FilePlaces): Abstract | undefined {
  const blocks = blocksOf(element, places)
  const content = blocks.flatMap((block): readonly (Paragraph | Section)[] => {
    if (block.type !== 'section') return paragraphsIn([block])
    const inner = paragraphsIn(withoutSections(block.content))
    return inner.length > 0 ? [{ ...block, content: inner }] : []
  })
  if (content.length === 0) return undefined
  return {
    doi: ownDoi(element),
    title: titleOf(element, /^abstract[.:]?$/i),
    content,
    figures: figuresIn(blocks),
  }
}

/** Paragraphs alone; a digest with anything else in it is a further abstract. */
function digestOf(element: Element, places: FilePlaces): Digest | undefined {
  const blocks = withoutSections(blocksOf(element, places))
  const content = paragraphsIn(blocks)
  if (content.length === 0 || figuresIn(blocks).length > 0) return undefined
  return { doi: ownDoi(element), title: titleOf(element, /^digest[.:]?$/i), content }
}

function furtherAbstract(element: Element, places: FilePlaces): readonly FurtherAbstract[] {
  const content = blocksOf(element, places)
  const title = titleOf(element)
  if (content.length === 0 && !title) return []
  const type = typeOf(element) ?? (element.name === 'trans-abstract' ? 'translation' : undefined)
  const id = attributeOf(element, 'id')
  return [{ id, type, lang: attributeOf(element, 'xml:lang'), doi: ownDoi(element), title, content }]
}

/** Lists and quotes as the paragraphs in them. */
function paragraphsIn(blocks: readonly Block[]): readonly Paragraph[] {
  return blocks.flatMap((block): readonly Paragraph[] => {
    switch (block.type) {
      case 'paragraph':
        return [block]
      case 'quote':
        return [...block.text, ...(block.cite ? [{ type: 'paragraph' as const, text: block.cite }] : [])]
      case 'list':
        return block.items.flatMap((item) =>
          typeof item === 'string' ? [{ type: 'paragraph' as const, text: item }] : paragraphsIn(item),
        )
      case 'section':
      case 'box':
        return paragraphsIn(withoutSections([block]))
      default:
        return []
    }
  })
}

/** The blocks that no paragraph can stand for. */
function figuresIn(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block): readonly Block[] => {
    switch (block.type) {
      case 'paragraph':
      case 'quote':
        return []
      case 'list':
        return block.items.flatMap((item) => (typeof item === 'string' ? [] : figuresIn(item)))
      case 'section':
      case 'box':
        return figuresIn(block.content)
      default:
        return [block]
    }
  })
}

function titleOf(element: Element, usual = /^$/): string | undefined {
  const title = childOf(element, 'title')
  const label = htmlOf(childOf(element, 'label'))
  const words = [label, htmlOf(title)].filter(Boolean).join(' ')
  return words && !usual.test(textOf(title)) ? words : undefined
}

function typeOf(element: Element): string | undefined {
  return attributeOf(element, 'abstract-type')
}
