import { parseXml } from '../jats/reading/parse.ts'
import { attributeOf, descendantsOf } from '../jats/tree.ts'

/** The manifest's name in a MECA zip. */
export const mecaManifestName = 'manifest.xml'

/** A file that the manifest of a MECA zip lists. */
export interface MecaFile {
  /** Its path in the zip. */
  readonly path: string
  /** Its type in the manifest: `figure`, `review-metadata`... */
  readonly type: string
  /** True if it belongs to the article; reviews, letters and transfer items do not. */
  readonly isOfArticle: boolean
}

/** Types of items that are of the article itself, however exactly they are called: `supplementary-material`, `article-source`. */
const ofArticle = /^(?:article|manuscript|figure|image|table|equation|supplement|video|media|data)/

/**
 * Reads the manifest of a MECA zip (Manuscript Exchange Common Approach, NISO RP-30). Undefined for an XML that is none.
 *
 * @throws {MalformedXml} when it is not well-formed
 */
export function readMecaManifest(bytes: Uint8Array): readonly MecaFile[] | undefined {
  const { root } = parseXml(bytes)
  if (root.name !== 'manifest') return undefined
  return [...descendantsOf(root, ['item'])].flatMap((item) => {
    const type = (attributeOf(item, 'item-type') ?? attributeOf(item, 'type') ?? '').toLowerCase()
    return [...descendantsOf(item, ['instance'])].flatMap((instance) => {
      const path = attributeOf(instance, 'href') ?? attributeOf(instance, 'xlink:href')
      return path ? [{ path: path.replace(/^\.?\//, ''), type, isOfArticle: ofArticle.test(type) }] : []
    })
  })
}
