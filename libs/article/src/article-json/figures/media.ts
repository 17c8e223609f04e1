import { attributeOf, childrenOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import type { AudioBlock, VideoBlock } from '../blocks.ts'
import { linkedFile, originalOf, type Conversion } from '../conversion.ts'
import { mediaTypeOf } from '../media-type.ts'
import { titled } from '../titled.ts'
import { sourceDataOf } from './files.ts'
import { isImage } from './pictures.ts'

/** The player's size, in pixels, of a video whose own is not known. */
const playerSize = { width: 640, height: 360 }

/** Tells if something can be played. */
export function isPlayable(node: Node): node is Element {
  return isElement(node, 'media') && !isImage(node) && sortOf(node) !== undefined
}

/**
 * A video or a sound, in one or several formats: the first says what it is about. Nothing when it is a file of another
 * sort, or none of the article's.
 */
export function playerOf(formats: readonly Element[], conversion: Conversion): VideoBlock | AudioBlock | undefined {
  const [first] = formats
  const sort = first && sortOf(first)
  if (!first || !sort) return undefined
  const files = formats.flatMap((media) => linkedFile(conversion, media) ?? [])
  const sources = files.map(({ mediaType, uri, filename }) => ({ mediaType: playable(sort, mediaType, filename), uri }))
  if (sources.length === 0) return undefined
  const about = { ...titled(first, conversion), sourceData: sourceDataOf(first, conversion) }
  if (sort === 'audio') return { type: 'audio', ...about, sources }
  const size = files.map(({ filename }) => originalOf(conversion, filename, 'media')?.size).find((known) => known)
  return { type: 'video', ...about, sources, ...(size ?? playerSize) }
}

/** The formats of the same thing, when all of them can be played. */
export function formatsIn(alternatives: Element): readonly Element[] {
  const all = childrenOf(alternatives, 'media')
  return all.length > 0 && all.every(isPlayable) ? all : []
}

function sortOf(media: Element): 'video' | 'audio' | undefined {
  const [byName] = mediaTypeOf(attributeOf(media, 'xlink:href') ?? '').split('/')
  const sort = [attributeOf(media, 'mimetype'), byName].find((found) => found === 'video' || found === 'audio')
  return sort === 'video' || sort === 'audio' ? sort : undefined
}

function playable(sort: 'video' | 'audio', mediaType: string, filename: string): string {
  const known = [mediaType, mediaTypeOf(filename)].find((type) => type.startsWith(`${sort}/`))
  return known ?? (sort === 'video' ? 'video/mp4' : 'audio/mpeg')
}
