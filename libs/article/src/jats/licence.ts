import { htmlOf } from './markup.ts'
import type { ArticleXml } from './parse.ts'
import { attributeOf, childOf, childrenOf, firstBelow, textOf } from './tree.ts'

/** Who may do what with the article. */
export interface Licence {
  /** Address of the licence, undefined when the XML links none. */
  readonly url: string | undefined
  /** `CC-BY-4.0`, `CC0-1.0`; undefined for a licence that is not one of Creative Commons' open ones. */
  readonly code: string | undefined
  readonly holder: string | undefined
  /** What the licence says, with inline HTML. */
  readonly statement: string
}

export function articleLicence({ root }: ArticleXml): Licence {
  const permissions = childOf(root, 'front', 'article-meta', 'permissions')
  const licence = childOf(permissions, 'license')
  const url = attributeOf(licence, 'xlink:href') ?? (textOf(firstBelow(licence, 'ali:license_ref')) || undefined)
  const code = licenceCode(url ?? '')
  const paragraphs = childrenOf(licence, 'license-p', 'p')
  return {
    url,
    code,
    holder: code?.startsWith('CC0') ? undefined : textOf(childOf(permissions, 'copyright-holder')) || undefined,
    statement: paragraphs.map((paragraph) => htmlOf(paragraph)).join(' '),
  }
}

function licenceCode(url: string): string | undefined {
  const by = /creativecommons\.org\/licenses\/by\/(\d\.\d)/i.exec(url)
  if (by) return `CC-BY-${by[1]}`
  return /creativecommons\.org\/publicdomain\/zero\/1\.0|creativecommons\.org\/CC0/i.test(url) ? 'CC0-1.0' : undefined
}
