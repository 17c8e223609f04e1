import { isCovered } from './coverage.ts'
import { htmlOf } from './markup.ts'
import type { ArticleXml } from './reading/parse.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, textOf, type Element } from './tree.ts'

/** The terms on which others may use the article. */
export interface Licence {
  /** Address of the licence, undefined when the XML links none. */
  readonly url: string | undefined
  /**
   * One of Creative Commons': `CC-BY-4.0`, `CC-BY-NC-ND-4.0`, `CC0-1.0`; without the version where the XML does not give it.
   * Undefined for all others.
   */
  readonly code: string | undefined
  /** False where the XML has no licence at all: the article is under copyright, whatever its statement says. */
  readonly isGiven: boolean
  readonly holder: string | undefined
  /** Of the copyright. */
  readonly year: string | undefined
  /** The licence's own words, with inline HTML; before them those of the copyright that say more than year and holder. */
  readonly statement: string
}

/**
 * Reads the licence of the article. One of Creative Commons' is known wherever it is written: as address of the licence
 * (`license/@xlink:href`, `ali:license_ref`), as `license-type`, as link in its text, or by its name in the text of the licence
 * or the statement of copyright.
 */
export function articleLicence({ root }: ArticleXml): Licence {
  const meta = childOf(root, 'front', 'article-meta')
  // NLM has them without an element around them.
  const places = [...childrenOf(meta, 'permissions'), ...(meta ? [meta] : [])]
  const all = (name: string) => places.flatMap((place) => childrenOf(place, name))
  const licences = all('license')
  // Where a licence is given in several languages, all say the same; the first that is known counts.
  const known = licences.find((each) => codeOf(each) !== undefined) ?? licences[0]
  const statements = all('copyright-statement')
  const code = codeOf(known) ?? codeInText(statements.map(textOf).join(' '))
  const paragraphs = licences.flatMap((licence) => childrenOf(licence, 'license-p', 'p'))
  const holders = all('copyright-holder')
  const years = all('copyright-year')
  const isUsual = (text: Element) => isCovered(textOf(text), [usualWords, ...[...holders, ...years].map(textOf)])
  const said = paragraphs.length > 0 ? statements.filter((text) => !isUsual(text)) : statements
  return {
    url: addressesOf(known)[0],
    code,
    isGiven: code !== undefined || licences.length > 0,
    holder: holders.map(textOf).filter(Boolean).join(', ') || undefined,
    year: years.map(textOf).filter(Boolean).join(', ') || undefined,
    statement: [...said, ...paragraphs].map((paragraph) => htmlOf(paragraph)).join(' '),
  }
}

/** Words of a statement of copyright around year and holder. */
const usualWords = 'copyright copyrights c the by of'

/**
 * Tells if a licence is one of those that a journal names: `CC-BY` is any version of it, an address is the licence at it or below
 * it, `words:...` is a licence with these words, and `none` is an article without a licence.
 */
export function isTaken(licence: Licence, taken: readonly string[]): boolean {
  return taken.some((each) => isOneOf(licence, each))
}

function isOneOf({ code, url, isGiven, statement }: Licence, named: string): boolean {
  if (named === 'none') return !isGiven
  if (/^https?:/.test(named)) return url !== undefined && bare(url).startsWith(bare(named))
  if (named.startsWith('words:')) return isGiven && plain(statement).includes(plain(named.slice('words:'.length)))
  return code !== undefined && (named === code || named === code.replace(/-\d+(?:\.\d+)*$/, ''))
}

/** An address without what is written in several ways. */
function bare(url: string): string {
  return url.toLowerCase().replace(/^https?:\/\/(?:www\.)?/, '')
}

function plain(statement: string): string {
  return statement
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** Those of the licence itself before those of links in its text. */
function addressesOf(licence: Element | undefined): readonly string[] {
  const references = [...descendantsOf(licence, ['ali:license_ref', 'license_ref'])]
  const links = [...descendantsOf(licence, ['ext-link', 'uri'])]
  return [
    attributeOf(licence, 'xlink:href') ?? '',
    ...references.map(textOf),
    ...links.map((link) => attributeOf(link, 'xlink:href') ?? textOf(link)),
  ].filter(Boolean)
}

function codeOf(licence: Element | undefined): string | undefined {
  const type = attributeOf(licence, 'license-type') ?? ''
  const linked = [...addressesOf(licence), type].map(codeOfAddress).find((code) => code !== undefined)
  return linked ?? codeInText(type) ?? codeInText(textOf(licence))
}

function codeOfAddress(address: string): string | undefined {
  if (/creativecommons\.org\/(?:publicdomain\/zero|licenses\/zero|CC0)/i.test(address)) {
    return versioned('CC0', /\/(\d\.\d)/.exec(address)?.[1])
  }
  const [, kind, version] =
    /creativecommons\.org\/licen[sc]es\/(by(?:-(?:nc|nd|sa))*)(?:\/(\d\.\d))?/i.exec(address) ?? []
  return kind === undefined ? undefined : versioned(`CC-${kind.toUpperCase()}`, version)
}

const words: readonly (readonly [RegExp, string])[] = [
  [/^non[- ]?commercial/i, 'NC'],
  [/^share[- ]?alike/i, 'SA'],
  [/^no[- ]?deriv(?:ative|ate)?(?: works?|s)?/i, 'ND'],
]

/** `CC BY-NC-ND 4.0`, `Creative Commons Attribution 4.0`, `Creative Commons CC0`, in any text. */
function codeInText(text: string): string | undefined {
  const zero = /\bCC[ -]?0\b|Creative Commons (?:CC0|Zero|public domain dedication)/i.exec(text)
  if (zero) return versioned('CC0', versionIn(text.slice(zero.index + zero[0].length)))
  const short = /\bCC[ -]BY((?:-(?:NC|ND|SA))*)\b/i.exec(text)
  if (short)
    return versioned(`CC-BY${(short[1] ?? '').toUpperCase()}`, versionIn(text.slice(short.index + short[0].length)))
  const name = /Creative Commons[ :]+Attribution/i.exec(text)
  if (!name) return undefined
  let rest = text.slice(name.index + name[0].length)
  const parts: string[] = []
  for (let more = true; more;) {
    rest = rest.replace(/^[\s,/–-]+/, '')
    const found = words.find(([pattern]) => pattern.test(rest))
    more = found !== undefined
    if (!found) continue
    parts.push(found[1])
    rest = rest.replace(found[0], '')
  }
  return versioned(['CC-BY', ...parts].join('-'), versionIn(rest))
}

/** A version that stands right behind the licence's name. */
function versionIn(rest: string): string | undefined {
  return /^[\s,(-]*(?:(?:international|unported|generic|public|licen[sc]e|version|v\.?|\(?CC[ -]BY[-A-Z]*\)?)[\s,(]*)*(\d\.\d)\b/i.exec(
    rest,
  )?.[1]
}

/** `CC0` has had one version only. */
function versioned(code: string, version: string | undefined): string {
  if (code === 'CC0') return 'CC0-1.0'
  return version === undefined ? code : `${code}-${version}`
}
