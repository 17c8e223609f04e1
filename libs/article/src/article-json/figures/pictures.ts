import { webAddress } from '../../jats/web-address.ts'
import { attributeOf, childOf, childrenOf, isElement, textOf, type Element, type Node } from '../../jats/tree.ts'
import type { Picture } from '../blocks.ts'
import { fileUrl, jpegOf, linkedFile, originalOf, type FilePlaces } from '../conversion.ts'
import { mediaTypeOf } from '../media-type.ts'

/** Tells if something is to be shown as an image: also an animation that is tagged as a video. */
export function isImage(node: Node): node is Element {
  if (isElement(node, 'graphic', 'inline-graphic')) return true
  return isElement(node, 'media') && (isAnimation(node) || attributeOf(node, 'mimetype') === 'image')
}

/**
 * The picture of an image element, at the size of its original; undefined where the article names no image that is there.
 * One that is elsewhere is led to; an animation is shown as it was delivered, for a copy would not move.
 *
 * @param around what it stands in, which may describe it
 */
export function pictureOf(element: Element, around: Element, places: FilePlaces): Picture | undefined {
  const href = attributeOf(element, 'xlink:href') ?? ''
  const alt = textOf(childOf(element, 'alt-text') ?? childOf(around, 'alt-text')) || (attributeOf(element, 'alt') ?? '')
  if (isAnimation(element)) return animation(element, alt, places)
  const original = originalOf(places, href, element.name === 'inline-graphic' ? 'inline-graphic' : 'graphic')
  if (!original) return elsewhere(href, alt)
  const filename = jpegOf(original.file)
  const uri = fileUrl(places, filename)
  return {
    uri,
    alt,
    source: drawing(original.file, places) ?? { mediaType: 'image/jpeg', uri, filename },
    size: original.size,
  }
}

/** The description at length of images and of what they stand in: all that is said besides what is said of the first. */
export function longDescriptionOf(elements: readonly Element[], alt: string): string | undefined {
  const said = elements.flatMap((element) => childrenOf(element, 'alt-text', 'long-desc', 'textual-form').map(textOf))
  const further = [...new Set(said)].filter((words) => words !== '' && words !== alt)
  return further.join(' ') || undefined
}

/** A drawing is offered as such: it has no size at which it gets coarse. */
function drawing(file: string, places: FilePlaces): Picture['source'] | undefined {
  if (!file.toLowerCase().endsWith('.svg')) return undefined
  return { mediaType: 'image/svg+xml', uri: fileUrl(places, file), filename: file }
}

function animation(media: Element, alt: string, places: FilePlaces): Picture | undefined {
  const file = linkedFile(places, media)
  if (!file) return elsewhere(attributeOf(media, 'xlink:href') ?? '', alt)
  const { uri, filename } = file
  return { uri, alt, source: { mediaType: 'image/gif', uri, filename }, size: places.sizes[filename] }
}

function isAnimation(element: Element): boolean {
  if (element.name !== 'media') return false
  const href = attributeOf(element, 'xlink:href') ?? ''
  return attributeOf(element, 'mime-subtype') === 'gif' || mediaTypeOf(href) === 'image/gif'
}

function elsewhere(href: string, alt: string): Picture | undefined {
  const uri = webAddress(href)
  if (uri === undefined || uri.startsWith('mailto:')) return undefined
  const filename = new URL(uri).pathname.split('/').at(-1) || 'image'
  return { uri, alt, source: { mediaType: mediaTypeOf(filename), uri, filename } }
}
