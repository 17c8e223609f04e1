import { versionedFileName } from '../naming/asset-name.ts'
import type { Size } from '../naming/derivatives.ts'
import { describeArticle } from '../description/describe.ts'
import { parseArticleXml } from '../jats/reading/parse.ts'
import type { Journal } from '../journal/journal.ts'

/** A size for every image that an XML names, as if all were there under their names in this version. */
export function sizesFor(xml: Uint8Array | string, journal: Journal, version: number): Record<string, Size> {
  const { assets } = describeArticle(parseArticleXml(xml), journal)
  const images = assets.filter(({ use }) => use === 'figure' || use === 'inline')
  const named = images.map(({ href }) => versionedFileName(/\.tiff?$/.test(href) ? href : `${href}.tif`, version))
  return Object.fromEntries(named.map((name) => [name, { width: 800, height: 600 }]))
}
