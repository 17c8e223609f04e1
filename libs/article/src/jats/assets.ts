import { isVideoName, parseAssetName } from '../asset-name.ts'
import { mediaClass, type MediaClass } from '../file-kind.ts'
import type { Journal } from '../journal.ts'
import type { ArticleXml } from './parse.ts'
import { attributeOf, childrenOf, type Element } from './tree.ts'

/** Elements whose `xlink:href` may name a file of the package. */
export const assetElements = [
  'graphic',
  'inline-graphic',
  'media',
  'self-uri',
  'supplementary-material',
  'inline-supplementary-material',
  'ext-link',
] as const

export type AssetElement = (typeof assetElements)[number]

/** A file that the XML names, as it names it. */
export interface NamedAsset {
  /** As written: often without extension, sometimes with an older version. */
  readonly href: string
  readonly element: AssetElement
  /** What the article does with it. */
  readonly use: 'figure' | 'inline' | 'video' | 'pdf' | 'supplement'
  /** Its own `id`, or that of the nearest element around it: `fig1`. */
  readonly within: string | undefined
}

/** Every file that the XML names, in document order. A link in the text counts only when it names a file of the journal. */
export function namedAssets({ root }: ArticleXml, journal: Journal): readonly NamedAsset[] {
  return [...below(root, undefined)].filter(
    ({ element, href }) => element !== 'ext-link' || href.startsWith(`${journal.prefix}-`),
  )
}

/**
 * The file that an `xlink:href` means. Names are compared without version suffix and extension, for real packages
 * differ in both; yet an image is never taken for a video or a document, nor the article's XML for its PDF.
 * Of several candidates the one with the same extension wins, then the first by name.
 */
export function fileNamedBy(href: string, element: AssetElement, files: readonly string[]): string | undefined {
  const wanted = parseAssetName(href)
  const sort = mediaOf(href, element)
  const candidates = files
    .map((name) => ({ name, ...parseAssetName(name) }))
    .filter((file) => file.stem === wanted.stem && mediaClass(file.extension) === sort)
    .filter((file) => file.extension !== 'xml' || ['', 'xml'].includes(wanted.extension))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return (candidates.find(({ extension }) => extension === wanted.extension) ?? candidates[0])?.name
}

/** Whether an `xlink:href` is a bare file name: neither an address, a path nor a place in the document. */
export function isFileName(href: string): boolean {
  return /^(?!www\.)[^\s:/\\#?][^:/\\#?]*$/i.test(href)
}

function* below(element: Element, within: string | undefined): Generator<NamedAsset> {
  for (const child of childrenOf(element)) {
    const name = assetElements.find((known) => known === child.name)
    const place = attributeOf(child, 'id') ?? within
    const href = attributeOf(child, 'xlink:href')
    if (name && href && isFileName(href)) yield { href, element: name, use: useOf(name, href, child), within: place }
    yield* below(child, place)
  }
}

function useOf(name: AssetElement, href: string, element: Element): NamedAsset['use'] {
  if (name === 'graphic') return 'figure'
  if (name === 'inline-graphic') return 'inline'
  if (name === 'self-uri') return 'pdf'
  const moving = attributeOf(element, 'mimetype') === 'video' || isVideoName(href) || mediaOf(href, name) === 'video'
  return name === 'media' && moving ? 'video' : 'supplement'
}

function mediaOf(href: string, element: AssetElement): MediaClass {
  const { extension } = parseAssetName(href)
  if (extension) return mediaClass(extension)
  return element === 'graphic' || element === 'inline-graphic' ? 'image' : 'document'
}
