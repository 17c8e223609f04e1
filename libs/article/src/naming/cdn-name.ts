import { parseAssetName } from './asset-name.ts'
import { derivativeStem } from './derivatives.ts'

/** Formats that are not offered as they are: their JPEG has a download copy instead. */
const noDownload = new Set(['tif', 'tiff'])

/** The CDN's key of a file, flat and with all versions side by side: `00353/elife-00353-v1.pdf`. */
export function cdnKey(articleId: string, fileName: string): string {
  return `${articleId}/${fileName}`
}

/** The second name under which browsers save a file instead of showing it, or undefined when none is made. */
export function downloadName(fileName: string): string | undefined {
  const { extension } = parseAssetName(fileName)
  if (noDownload.has(extension.toLowerCase())) return undefined
  return `${derivativeStem(fileName)}-download${extension && `.${extension}`}`
}

/**
 * Value of the header `Content-Disposition` of a download copy.
 *
 * @param fileName the name to save under, without `-download`
 */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  const exact = plain === fileName ? '' : `; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", '%27')}`
  return `attachment; filename="${plain}"${exact}`
}
