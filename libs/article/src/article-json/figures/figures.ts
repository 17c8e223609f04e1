import { childOf, childrenOf, isElement, textOf, type Element } from '../../jats/tree.ts'
import { type Block, type FigureBlock, type ImageBlock, type Picture } from '../blocks.ts'
import { boxOf } from '../box.ts'
import type { Conversion } from '../conversion.ts'
import { ownParts, titled } from '../titled.ts'
import { tableBlocks } from '../tables/tables.ts'
import { fileBlocks, sourceDataOf } from './files.ts'
import { formatsIn, isPlayable, playerOf } from './media.ts'
import { isImage, longDescriptionOf, pictureOf } from './pictures.ts'

type Asset = FigureBlock['assets'][number]

export const figureElements =
  `fig fig-group table-wrap table-wrap-group media graphic chem-struct-wrap chem-struct-wrapper
  alternatives`.split(/\s+/)

/**
 * The blocks that an element shows. With id and label it is a figure, whose first asset is the thing itself and whose others are its
 * supplements; without, an image, table or video stands alone. What is no image, table or video follows.
 */
export function figureBlocks(element: Element, conversion: Conversion): readonly Block[] {
  return asFigure(shownIn(element, conversion))
}

function asFigure(shown: readonly Block[]): readonly Block[] {
  const assets = shown.filter(isAsset)
  const others = shown.filter((block) => !isAsset(block))
  const isFigure = assets.length > 0 && assets.every(({ id, label }) => id && label)
  return [...(isFigure ? [{ type: 'figure' as const, assets }] : assets), ...others]
}

function shownIn(element: Element, conversion: Conversion): readonly Block[] {
  switch (element.name) {
    case 'fig-group':
    case 'table-wrap-group':
      return groupBlocks(element, conversion)
    case 'table-wrap':
      return tableBlocks(element, conversion) ?? figure(element, conversion)
    case 'graphic':
    case 'inline-graphic':
      return imageAlone(element, conversion)
    case 'media':
      return mediaBlocks(element, conversion)
    case 'alternatives':
      return alternativeBlocks(element, conversion)
    default:
      return figure(element, conversion)
  }
}

/**
 * A figure: its images, then the figures that stand within it or its caption. Without an image it is what it holds, such as
 * code or a list, under its title.
 */
function figure(element: Element, conversion: Conversion): readonly Block[] {
  const { attribution, ...about } = titled(element, conversion)
  const within = flat([
    ...(about.caption ?? []),
    ...conversion.blocks(ownParts(element, 'graphic', 'alternatives', 'media')),
  ])
  const media = childrenOf(element, 'graphic', 'alternatives', 'media').flatMap((part) =>
    flat(shownIn(part, conversion)),
  )
  const all = [...media, ...within]
  const isBare = (block: Block): block is ImageBlock => block.type === 'image' && isUntitled(block) && !block.isFormula
  const [first, ...further] = all.filter(isBare)
  const shown = all.filter((block) => isShown(block) && !isBare(block))
  const caption = all.filter((block) => !isShown(block))
  const sourceData = sourceDataOf(element, conversion)
  if (first) {
    const alt = first.image.alt || textOf(childOf(element, 'alt-text'))
    const descriptions = [longDescriptionOf([element], alt), ...[first, ...further].map((one) => one.longDescription)]
    const image: ImageBlock = {
      ...first,
      ...about,
      caption,
      image: { ...first.image, alt, attribution },
      furtherImages: further.flatMap((one): readonly Picture[] => [one.image, ...(one.furtherImages ?? [])]),
      longDescription: joined(descriptions),
      sourceData,
    }
    return [image, ...shown]
  }
  const [only, ...others] = shown
  if (only && others.length === 0 && isUntitled(only) && only.type !== 'figure' && only.type !== 'table') {
    const longDescription = joined([about.longDescription, only.longDescription])
    const legend = { ...about, caption: [...(only.caption ?? []), ...caption], attribution, longDescription }
    return [{ ...only, ...legend, sourceData }]
  }
  if (shown.length > 0) return grouped({ ...about, caption, attribution }, shown)
  return boxOf(about, [...caption, ...(attribution ?? []).map((text): Block => ({ type: 'paragraph', text }))])
}

/** Figures under one number and caption; without those each is a figure of its own. */
function groupBlocks(group: Element, conversion: Conversion): readonly Block[] {
  const about = titled(group, conversion)
  const shown = ownParts(group).flatMap((part) =>
    isElement(part, ...figureElements) ? shownIn(part, conversion) : conversion.blocks([part]),
  )
  return grouped(about, shown)
}

function grouped(about: ReturnType<typeof titled>, shown: readonly Block[]): readonly Block[] {
  const { label, title, caption = [], attribution = [], longDescription } = about
  const assets = shown.filter(isAsset)
  const others = shown.filter((block) => !isAsset(block))
  const isBare = !label && !title && caption.length === 0 && attribution.length === 0 && !longDescription
  if (isBare) return shown
  if (assets.length === 0) return boxOf(about, [...caption, ...others])
  return [{ type: 'figure', ...about, assets }, ...others]
}

/** An image of its own, or one that has a legend of its own. */
function imageAlone(element: Element, conversion: Conversion): readonly Block[] {
  const { attribution, ...about } = titled(element, conversion)
  const picture = pictureOf(element, element, conversion)
  if (!picture) return boxOf(about, about.caption ?? [])
  const longDescription = longDescriptionOf([element], picture.alt)
  return [{ type: 'image', ...about, image: { ...picture, attribution }, longDescription }]
}

function mediaBlocks(media: Element, conversion: Conversion): readonly Block[] {
  if (isImage(media)) return imageAlone(media, conversion)
  const player = isPlayable(media) ? playerOf([media], conversion) : undefined
  return player ? [player] : fileBlocks(media, conversion)
}

/** Of several forms of the same the first that can be shown; formats of a video are all offered. */
function alternativeBlocks(alternatives: Element, conversion: Conversion): readonly Block[] {
  const formats = formatsIn(alternatives)
  const player = formats.length > 0 ? playerOf(formats, conversion) : undefined
  if (player) return [player]
  const forms = ['table', 'mml:math', 'tex-math', 'graphic', 'media']
  const ranked = childrenOf(alternatives).toSorted((a, b) => rank(forms, a) - rank(forms, b))
  for (const form of ranked) {
    const [first, ...others] = isElement(form, ...figureElements)
      ? shownIn(form, conversion)
      : conversion.blocks([form])
    // Words that stand for an image are a form of it.
    const words = longDescriptionOf([alternatives], '')
    if (first?.type === 'image' && words)
      return [{ ...first, longDescription: joined([first.longDescription, words]) }, ...others]
    if (first) return [first, ...others]
  }
  return []
}

function joined(texts: readonly (string | undefined)[]): string | undefined {
  return [...new Set(texts)].filter(Boolean).join(' ') || undefined
}

function rank(forms: readonly string[], { name }: Element): number {
  const at = forms.indexOf(name)
  return at === -1 ? forms.length : at
}

/** Figures within a figure as what they show. */
function flat(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block): readonly Block[] =>
    block.type === 'figure' && isUntitled(block) ? block.assets : [block],
  )
}

function isUntitled(block: Block): boolean {
  return !('label' in block && block.label) && !('title' in block && block.title)
}

function isAsset(block: Block): block is Asset {
  return block.type === 'image' || block.type === 'table' || block.type === 'video'
}

/** Tells if a block of a caption or figure is shown beside the caption, not in it. */
function isShown(block: Block): block is Asset | FigureBlock | Extract<Block, { type: 'audio' }> {
  if (block.type === 'table') return !isUntitled(block)
  if (block.type === 'image') return !block.isFormula
  return block.type === 'video' || block.type === 'figure' || block.type === 'audio'
}
