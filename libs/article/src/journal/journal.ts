import type { LossKind } from './loss-kinds.ts'
import type { ImageFormat } from './settings.ts'

/** A journal, as data: the pipeline knows no journal by name. `journalWithDefaults` makes one of its JSON file. */
export interface Journal {
  readonly name: string
  readonly publisher: string
  /** Packages and ids of its articles begin with it and a hyphen: `elife`. */
  readonly prefix: string
  /** Everything of a DOI before the article's number: `10.7554/eLife.`. */
  readonly doiPrefix: string
  readonly issn: string | undefined
  /** Ids of its articles are the bare numbers: it is the environment's default journal. */
  readonly bareIds: boolean
  /** Numbers of digits are padded with zeros to this many. */
  readonly idDigits: number
  /** The year of volume 1; an article whose XML names no volume gets `year - firstVolumeYear + 1`. */
  readonly firstVolumeYear: number | undefined
  readonly numberPattern: string
  /** For messages, where `00353` is no number of it. */
  readonly numberExample: string
  readonly numberFrom: readonly string[]
  readonly doi: { readonly required: boolean; readonly check: 'number' | 'prefix' | 'none' }
  readonly elocationId: string | undefined
  readonly fileStem: string
  readonly packageNames: readonly string[]
  readonly licences: readonly string[]
  readonly articleTypes: readonly string[] | undefined
  readonly publicationDate: { readonly precision: DatePrecision; readonly types: readonly string[] }
  readonly languages: readonly string[] | undefined
  readonly images: { readonly formats: readonly ImageFormat[]; readonly missing: 'problem' | 'finding' }
  readonly toleratedLosses: readonly LossKind[]
  /** Files that the XML does not name become public too, if a person approves the publication. */
  readonly publishUnnamedFiles: boolean
  /** Its articles must be valid by the public API's schema too. */
  readonly publicApi: boolean
  /** The zone in which its people give times: `Europe/London`. */
  readonly timeZone: string
}

/** The exactness of a date. */
export type DatePrecision = 'day' | 'month' | 'year'

/** PoA: published on acceptance, before typesetting. VoR: version of record. */
export type ArticleStatus = 'poa' | 'vor'

/**
 * The one form in which an article's number is compared and stored, of a number or an id as anybody writes it: `353`,
 * `0000353` and `elife-00353` are `00353`; `pone.0012345` is `pone-0012345`. It is in lower case, with a hyphen for
 * whatever is no letter or digit, without the journal's prefix, and padded where it is all digits.
 */
export function canonicalId({ prefix, idDigits }: Journal, written: string): string {
  const slug = written
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  while (slug.length > 1 && slug[0] === prefix) slug.shift()
  // Addresses name a version as 00353v2: a number that ends like one is kept apart from it.
  const number = slug.join('-').replace(/(?<=[a-z0-9])v(?=\d+$)/, '-v')
  return /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, '').padStart(idDigits, '0') : number
}

/** `10.7554/eLife.00353`. */
export function doiOf(journal: Journal, articleId: string): string {
  return journal.doiPrefix + canonicalId(journal, articleId)
}

/** Volume of a journal that has one volume a year; undefined where it has not. */
export function volumeOfYear({ firstVolumeYear }: Journal, year: number): number | undefined {
  return firstVolumeYear === undefined ? undefined : year - firstVolumeYear + 1
}

/** The name of one version of an article in events, keys and the EIF: `00353.1`. */
export function articleVersionId(articleId: string, version: number): string {
  return `${articleId}.${version}`
}
