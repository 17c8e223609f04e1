import { cdnKey } from '../naming/cdn-name.ts'
import { derivativeStem, type Size } from '../naming/derivatives.ts'
import { fileNamedBy, isFileName, type AssetElement } from '../jats/assets.ts'
import type { MarkupContext } from '../jats/markup.ts'
import { attributeOf, type Element, type Node } from '../jats/tree.ts'
import type { Block } from './blocks.ts'
import { mediaTypeOf } from './media-type.ts'
import type { TextContext } from './text-context.ts'

/** The places of an article's files, and the sizes of its pictures. */
export interface FilePlaces {
  readonly articleId: string
  /** Address below which the CDN has `<id>/<file>`, without a slash at its end. */
  readonly cdnUrl: string
  /** Pixels of images, and of videos where they are known, by file name; the version suffix as the file has it. */
  readonly sizes: Readonly<Record<string, Size>>
  /** The places that links lead to, and the things that stand apart from where it is referred to. */
  readonly text?: TextContext
}

/** The tools of the converters of blocks. */
export interface Conversion extends FilePlaces {
  /** Blocks of what is within a block; text between blocks becomes paragraphs. */
  readonly blocks: (nodes: readonly Node[]) => readonly Block[]
}

/** Address of a file. */
export function fileUrl({ cdnUrl, articleId }: FilePlaces, fileName: string): string {
  return `${cdnUrl}/${cdnKey(articleId, encodeURIComponent(fileName))}`
}

/** The original that a graphic means, with its size, or undefined when the size is not known. */
export function originalOf(
  places: FilePlaces,
  href: string,
  element: AssetElement,
): { file: string; size: Size } | undefined {
  const file = fileNamedBy(href, element, Object.keys(places.sizes))
  const size = file === undefined ? undefined : places.sizes[file]
  return file !== undefined && size ? { file, size } : undefined
}

/** The image that is made of an original at its own size. */
export function jpegOf(file: string): string {
  return `${derivativeStem(file)}.jpg`
}

/** The answers by which inline markup shows images, files and notes, and names places. */
export function markupContext(places: FilePlaces): MarkupContext {
  const { text } = places
  return {
    imageUrl: (href) => {
      const original = originalOf(places, href, 'inline-graphic')
      return original && fileUrl(places, jpegOf(original.file))
    },
    fileUrl: (href) => (isFileName(href) ? fileUrl(places, href) : undefined),
    noteMark: (fn) => text?.notes.get(fn),
    linked: text?.linked,
    ids: text?.ids,
    marks: text?.marks,
  }
}

/** Media type, address and name of the file that an element links, or undefined when it links none. */
export function linkedFile(places: FilePlaces, element: Element | undefined) {
  const href = attributeOf(element, 'xlink:href')
  if (!href || !isFileName(href)) return undefined
  const major = attributeOf(element, 'mimetype')
  const minor = attributeOf(element, 'mime-subtype')
  const mediaType = major && minor ? `${major}/${minor}` : mediaTypeOf(href)
  return { mediaType, uri: fileUrl(places, href), filename: href }
}
