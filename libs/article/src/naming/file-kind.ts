import { assetTokens, parseAssetName } from './asset-name.ts'
import type { ImageFormat } from '../journal/settings.ts'
import type { Journal } from '../journal/journal.ts'

/**
 * The kind of a file of a package:
 * - `articleXml`: the article itself, versioned or not; an XML with more in its name is an asset
 * - `articlePdf`, `figuresPdf`
 * - `figure`: an image that is shown and needs every derivative: figures, schemes, boxes, tables, chemical structures, and
 *   whatever else is not named as a supplement
 * - `inline`: an image within a line of text
 * - `video`: moving pictures, by extension
 * - `asset`: anything else of this article, such as data, code and supplements
 * - `foreign`: not named after this article
 */
export type FileKind = 'articleXml' | 'articlePdf' | 'figuresPdf' | 'figure' | 'inline' | 'video' | 'asset' | 'foreign'

/** The class of media that an extension stands for, as far as names in XML are compared with files. */
export type MediaClass = 'image' | 'video' | 'document'

const images = new Set(['tif', 'tiff', 'jpg', 'jpeg', 'png', 'gif', 'eps', 'svg', 'bmp', 'webp', 'avif'])
const videos = new Set([
  'mp4',
  'm4v',
  'mov',
  'avi',
  'wmv',
  'mpg',
  'mpeg',
  'f4v',
  'flv',
  'swf',
  'webm',
  'ogv',
  'mkv',
  '3gp',
])

/** Unknown and missing extensions are documents. */
export function mediaClass(extension: string): MediaClass {
  const lower = extension.toLowerCase()
  if (images.has(lower)) return 'image'
  return videos.has(lower) ? 'video' : 'document'
}

/** Tells a file's kind by its name alone; the last part of the name decides, so `fig1-data1.csv` is data, not a figure. */
export function classifyFile(name: string, journal: Journal, articleId: string): FileKind {
  const tokens = assetTokens(name, journal, articleId)
  if (!tokens) return 'foreign'
  const extension = parseAssetName(name).extension.toLowerCase()
  const last = tokens.at(-1)
  if (last === undefined) {
    if (extension === 'xml') return 'articleXml'
    return extension === 'pdf' ? 'articlePdf' : 'asset'
  }
  if (last === 'figures' && extension === 'pdf') return 'figuresPdf'
  const media = mediaClass(extension)
  if (media === 'video') return 'video'
  if (media === 'document') return 'asset'
  if (/^inf\d*$/.test(last)) return 'inline'
  return /^(?:supp|data|code|media|video|repstand|transrepform)/.test(last) ? 'asset' : 'figure'
}

const formats: Readonly<Record<string, ImageFormat>> = {
  tif: 'tiff',
  tiff: 'tiff',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
  avif: 'avif',
  svg: 'svg',
  eps: 'eps',
  pdf: 'pdf',
}

/** The format of an image by its name, a PDF being one where it is shown; undefined for those that no image can be made of. */
export function imageFormatOf(name: string): ImageFormat | undefined {
  return formats[parseAssetName(name).extension.toLowerCase()]
}

/** Tells if an image of this name is one only for a converter, which not every machine has. */
export function needsConverter(name: string): boolean {
  const format = imageFormatOf(name)
  return format === 'eps' || format === 'pdf'
}

/** Tells if derivatives are made of this file: an image that the article shows, in a format that is read. */
export function isConvertible(name: string, kind: FileKind): kind is 'figure' | 'inline' {
  return (kind === 'figure' || kind === 'inline') && imageFormatOf(name) !== undefined
}
