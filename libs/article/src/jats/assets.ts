import { isNamedAfterArticle, isVideoName, parseAssetName } from '../naming/asset-name.ts'
import { mediaClass, type MediaClass } from '../naming/file-kind.ts'
import type { Journal } from '../journal/journal.ts'
import type { ArticleXml } from './reading/parse.ts'
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
  /** The use that the article makes of it. */
  readonly use: 'figure' | 'inline' | 'video' | 'pdf' | 'supplement'
  /** Its own `id`, or that of the nearest element around it: `fig1`. */
  readonly within: string | undefined
}

/** Every file that the XML names, in document order. A link in the text counts only when it names a file of the journal. */
export function namedAssets({ root }: ArticleXml, journal: Journal): readonly NamedAsset[] {
  return [...below(root, undefined)].filter(
    ({ element, href }) => element !== 'ext-link' || isNamedAfterArticle(href, journal),
  )
}

/**
 * The file that an `xlink:href` means: that whose name is the last part of the href's path, without version suffix and
 * extension, for real packages differ in both; yet an image is never taken for a video or a document other than a PDF, which can
 * be drawn, nor the article's XML for its PDF. Names are compared as they are written, then percent-decoded, then without regard to case; in each, one form of
 * Unicode is as good as another.
 *
 * Of several files the one with the same extension wins, then the format that loses least (TIFF before PNG before JPEG; EPS and
 * PDF last, for they need a converter), then the first by name.
 */
export function fileNamedBy(href: string, element: AssetElement, files: readonly string[]): string | undefined {
  const name = fileNameIn(href, element)
  if (name === undefined) return undefined
  for (const written of new Set([name, decoded(name)])) {
    const wanted = parseAssetName(written.normalize('NFC'))
    const sort = mediaOf(written, element)
    const candidates = files
      .map((file) => ({ file, ...parseAssetName(file.normalize('NFC')) }))
      .filter(({ extension }) => classOf(extension, element) === sort)
      .filter(({ extension }) => !isXml(extension) || wanted.extension === '' || isXml(wanted.extension))
    const found =
      best(
        candidates.filter(({ stem }) => stem === wanted.stem),
        wanted.extension,
      ) ??
      best(
        candidates.filter(({ stem }) => stem.toLowerCase() === wanted.stem.toLowerCase()),
        wanted.extension,
      )
    if (found !== undefined) return found
  }
  return undefined
}

/** Tells if an `xlink:href` of an element is the name or path of a file, and no address. */
export function isLocalName(href: string, element: AssetElement): boolean {
  return isAsset(href, element) && !isAddress(href)
}

/** Tells if an `xlink:href` is a bare file name: neither an address, a path nor a place in the document. */
export function isFileName(href: string): boolean {
  return /^(?!www\.)[^\s:/\\#?][^:/\\#?]*$/i.test(href)
}

/** Extensions of images in the order in which one is chosen. */
const formatsByLoss = ['tif', 'tiff', 'svg', 'png', 'webp', 'avif', 'gif', 'jpg', 'jpeg', 'eps', 'pdf']

function best(
  candidates: readonly { readonly file: string; readonly extension: string }[],
  wanted: string,
): string | undefined {
  const rank = (extension: string) => {
    if (extension === wanted) return -2
    return extension.toLowerCase() === wanted.toLowerCase() ? -1 : lossOf(extension)
  }
  return candidates.toSorted((a, b) => rank(a.extension) - rank(b.extension) || (a.file < b.file ? -1 : 1))[0]?.file
}

/** The rank of an image's format by what it loses: 0 for the best. */
export function lossOf(extension: string): number {
  const known = formatsByLoss.indexOf(extension.toLowerCase())
  return known < 0 ? formatsByLoss.length : known
}

function isXml(extension: string): boolean {
  return extension.toLowerCase() === 'xml'
}

/** The name of a file in an href: after a path, `info:doi/...`, and for an image after an address too. */
function fileNameIn(href: string, element: AssetElement): string | undefined {
  const image = isImageElement(element)
  if (href.startsWith('#') || (isAddress(href) && !image)) return undefined
  const path = isAddress(href) ? href.replace(/[?#].*$/, '') : href
  const name = path.replaceAll('\\', '/').split('/').at(-1)?.trim()
  return name === '' || (!image && /[#?]/.test(name ?? '')) ? undefined : name
}

function isAddress(href: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|\/\/|www\.)/i.test(href) && !/^info:/i.test(href)
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function* below(element: Element, within: string | undefined): Generator<NamedAsset> {
  for (const child of childrenOf(element)) {
    const name = assetElements.find((known) => known === child.name)
    const place = attributeOf(child, 'id') ?? within
    const href = attributeOf(child, 'xlink:href')
    if (name && href && isAsset(href, name)) yield { href, element: name, use: useOf(name, href, child), within: place }
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

/** Links in the text and to other forms of the article are mostly addresses; those of images are files all the same. */
function isAsset(href: string, element: AssetElement): boolean {
  return element === 'ext-link' || element === 'self-uri' ? isFileName(href) : fileNameIn(href, element) !== undefined
}

function mediaOf(href: string, element: AssetElement): MediaClass {
  const { extension } = parseAssetName(href)
  if (extension && (isKnownExtension(extension) || !isImageElement(element))) return classOf(extension, element)
  return isImageElement(element) ? 'image' : 'document'
}

/** A PDF is an image where it is shown as one. */
function classOf(extension: string, element: AssetElement): MediaClass {
  return isImageElement(element) && extension.toLowerCase() === 'pdf' ? 'image' : mediaClass(extension)
}

/** Tells if an extension says by itself that something is no image: `fig1.v2` of a graphic has none such. */
function isKnownExtension(extension: string): boolean {
  return mediaClass(extension) !== 'document' || /^(?:pdf|docx?|pptx?|xlsx?|zip|html?|xml|ps|ai)$/i.test(extension)
}

function isImageElement(element: AssetElement): boolean {
  return element === 'graphic' || element === 'inline-graphic'
}
