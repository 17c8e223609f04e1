import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, textOf, type Element } from '../../jats/tree.ts'

export interface TranslatedTitle {
  /** `xml:lang`: `es`. */
  readonly lang?: string | undefined
  readonly title: string
  readonly subtitle?: string | undefined
}

/** A title beside the title: a running head, a title for the table of contents. */
export interface AlternativeTitle {
  /** As the XML says it: `running-head`, `toc`. */
  readonly type?: string | undefined
  readonly title: string
}

/** Titles that the public API does not know. */
export interface FurtherTitles {
  readonly subtitle?: string | undefined
  readonly translatedTitles?: readonly TranslatedTitle[]
  readonly alternativeTitles?: readonly AlternativeTitle[]
}

/** The parts of a title group beside the title; a title that only repeats it is left out. */
export function furtherTitles(meta: Element | undefined): FurtherTitles {
  const group = childOf(meta, 'title-group')
  const title = textOf(childOf(group, 'article-title'))
  return {
    subtitle: joined(group, 'subtitle'),
    translatedTitles: [
      ...childrenOf(group, 'trans-title-group').flatMap((translated) => translatedTitle(translated)),
      // NLM has them without a group around them.
      ...(childOf(group, 'trans-title') && group
        ? translatedTitle({ ...group, attributes: childOf(group, 'trans-title')?.attributes ?? {} })
        : []),
    ],
    alternativeTitles: childrenOf(group, 'alt-title', 'short-title').flatMap((alternative) =>
      textOf(alternative) === title || textOf(alternative) === ''
        ? []
        : [{ type: attributeOf(alternative, 'alt-title-type'), title: htmlOf(alternative) }],
    ),
  }
}

function translatedTitle(group: Element): readonly TranslatedTitle[] {
  const [title, ...more] = childrenOf(group, 'trans-title')
  if (!title) return []
  const lang = attributeOf(group, 'xml:lang') ?? attributeOf(title, 'xml:lang')
  return [
    { lang, title: htmlOf(title), subtitle: joined(group, 'trans-subtitle') },
    ...more.map((other) => ({ lang: attributeOf(other, 'xml:lang') ?? lang, title: htmlOf(other) })),
  ]
}

function joined(group: Element | undefined, name: string): string | undefined {
  return (
    childrenOf(group, name)
      .map((element) => htmlOf(element))
      .filter(Boolean)
      .join(' ') || undefined
  )
}
