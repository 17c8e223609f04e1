import { escapeAttribute, escapeText } from '../../jats/escape.ts'
import { addressOf } from '../../jats/links.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import { webAddress } from '../../jats/web-address.ts'
import { paragraph, type AdditionalFile, type Block } from '../blocks.ts'
import { boxOf } from '../box.ts'
import { linkedFile, markupContext, type Conversion } from '../conversion.ts'
import { ownParts, titled } from '../titled.ts'

/** Elements that name the file of a supplement. */
const links = ['media', 'inline-supplementary-material', 'graphic', 'inline-graphic', 'ext-link']

/** Files that belong to a figure, table or video: its source data and code. */
export function sourceDataOf(element: Element, conversion: Conversion): readonly AdditionalFile[] {
  const within = descendantsOf(element, ['supplementary-material'], ['fig', 'table-wrap', 'media'])
  return [...within].flatMap((file, index) => additionalFile(file, index, conversion))
}

/** Files of the article as a whole: those that stand in no figure. A PoA has them all in one zip. */
export function additionalFiles(root: Element, conversion: Conversion): readonly AdditionalFile[] {
  const own = ['fig', 'table-wrap', 'media', 'supplementary-material']
  const articles = [root, ...childrenOf(root, 'sub-article', 'response')]
  const parts = articles.flatMap((article) => [
    ...childrenOf(article, 'body', 'back', 'floats-group', 'front-stub'),
    ...childrenOf(article, 'front').flatMap((front) => childrenOf(front, 'article-meta')),
  ])
  const files = parts.flatMap((part) => [...descendantsOf(part, ['supplementary-material'], own)])
  return files.flatMap((file, index) => additionalFile(file, index, conversion))
}

/** A supplement in the text: nothing when it is listed with the article's files, else what the article says of it. */
export function supplementBlocks(element: Element, conversion: Conversion): readonly Block[] {
  return fileOf(element, conversion) ? [] : fileBlocks(element, conversion)
}

/** A file in the text that is none of the article's supplements: its title, with a link, and its caption. */
export function fileBlocks(element: Element, conversion: Conversion): readonly Block[] {
  const href = attributeOf(element, 'xlink:href') ?? attributeOf(childOf(element, 'media'), 'xlink:href') ?? ''
  const file = linkedFile(conversion, element)
  const address = file?.uri ?? webAddress(href) ?? addressOf({ ...element, name: 'ext-link' })
  const name = file?.filename ?? href
  const link = address ? `<a href="${escapeAttribute(address)}">${escapeText(name)}</a>` : ''
  const { caption = [], attribution = [], ...about } = titled(element, conversion)
  const parts = conversion.blocks(partsBeside(element, undefined))
  return boxOf(about, [...caption, ...parts, ...[...attribution, link].flatMap(paragraph)])
}

function additionalFile(element: Element, index: number, conversion: Conversion): readonly AdditionalFile[] {
  const found = fileOf(element, conversion)
  if (!found) return []
  const { id, label, title, caption = [], ...rest } = titled(element, conversion)
  const parts = conversion.blocks(partsBeside(element, found.link))
  const isBeside = found.link.name === 'ext-link' && element.children.includes(found.link)
  const words = isBeside ? htmlOf(found.link, markupContext(conversion)) : ''
  const link = words && `<a href="${escapeAttribute(found.file.uri)}">${words}</a>`
  // A PoA's zip has neither label nor title; a title alone serves as the label.
  const named = label ?? title ?? 'All additional files'
  return [
    {
      ...rest,
      id: id ?? `SD${index + 1}-data`,
      label: named,
      title: label ? title : undefined,
      caption: [...caption, ...parts, ...paragraph(link)],
      ...found.file,
    },
  ]
}

function fileOf(element: Element, conversion: Conversion) {
  const told = ['caption', 'label', 'title', 'p']
  const own = [...descendantsOf(element, links, told), element]
  // Images and formulas of a caption are no files of the supplement, links and supplements in it may be.
  const inCaption = descendantsOf(element, ['media', 'inline-supplementary-material', 'ext-link'])
  for (const link of [...own, ...inCaption]) {
    const file = linkedFile(conversion, link)
    if (file) return { link, file }
  }
  return undefined
}

/** The words of a supplement outside of its caption, and those of its file about itself. */
function partsBeside(element: Element, link: Element | undefined): readonly Node[] {
  return ownParts(element).flatMap((node): readonly Node[] => {
    if (isElement(node, 'ext-link') && node === link) return []
    if (!isElement(node, ...links) || isElement(node, 'ext-link', 'inline-supplementary-material')) return [node]
    const words = childrenOf(node, 'label', 'title').map((part): Element => ({ ...part, name: 'p' }))
    const caption = childrenOf(node, 'caption').flatMap(({ children }) => children)
    const said = caption.map((part) => (isElement(part, 'title') ? { ...part, name: 'p' } : part))
    return node === link || isElement(node, 'media') ? [...words, ...said] : [node, ...words, ...said]
  })
}
