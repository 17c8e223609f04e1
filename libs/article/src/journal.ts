/**
 * A journal, as data: the pipeline knows no journal by name.
 *
 * @example
 * const elife: Journal = {
 *   name: 'eLife', publisher: 'eLife Sciences Publications, Ltd', prefix: 'elife',
 *   doiPrefix: '10.7554/eLife.', idDigits: 5, firstVolumeYear: 2012,
 * }
 */
export interface Journal {
  readonly name: string
  readonly publisher: string
  /** What its file names begin with, without the hyphen: `elife`. */
  readonly prefix: string
  /** Everything of a DOI before the article's number: `10.7554/eLife.`. */
  readonly doiPrefix: string
  /** Article numbers are padded with zeros to this many digits. */
  readonly idDigits: number
  /** The year of volume 1; an article whose XML names no volume gets `year - firstVolumeYear + 1`. */
  readonly firstVolumeYear: number
  readonly issn?: string
}

/** PoA: published on acceptance, before typesetting. VoR: version of record. */
export type ArticleStatus = 'poa' | 'vor'

/** The canonical form of an article number, `353` and `0000353` alike: `00353`. */
export function canonicalId(journal: Journal, id: string): string {
  return id.replace(/^0+(?=\d)/, '').padStart(journal.idDigits, '0')
}

/** `10.7554/eLife.00353`. */
export function doiOf(journal: Journal, articleId: string): string {
  return journal.doiPrefix + canonicalId(journal, articleId)
}

/** The article number that a DOI of this journal names, or undefined for another journal's DOI. DOIs ignore case. */
export function articleIdOfDoi(journal: Journal, doi: string): string | undefined {
  const prefix = journal.doiPrefix
  if (!doi.toLowerCase().startsWith(prefix.toLowerCase())) return undefined
  const number = doi.slice(prefix.length)
  return /^\d+$/.test(number) ? canonicalId(journal, number) : undefined
}

/** Volume of a journal that has one volume a year. */
export function volumeOfYear(journal: Journal, year: number): number {
  return year - journal.firstVolumeYear + 1
}

/** The name of one version of an article in events, keys and the EIF: `00353.1`. */
export function articleVersionId(articleId: string, version: number): string {
  return `${articleId}.${version}`
}
