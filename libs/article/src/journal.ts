import { Type, type Static } from 'typebox'

/**
 * A journal, as data: the pipeline knows no journal by name.
 *
 * @example
 * const elife: Journal = {
 *   name: 'eLife', publisher: 'eLife Sciences Publications, Ltd', prefix: 'elife',
 *   doiPrefix: '10.7554/eLife.', idDigits: 5, firstVolumeYear: 2012,
 * }
 */
export type Journal = Static<typeof Journal>
export const Journal = Type.Object({
  name: Type.String({ minLength: 1 }),
  publisher: Type.String({ minLength: 1 }),
  /** What its file names begin with, without the hyphen: `elife`. */
  prefix: Type.String({ pattern: '^[a-z0-9]+$' }),
  /** Everything of a DOI before the article's number: `10.7554/eLife.`. */
  doiPrefix: Type.String({ pattern: '^10\\.[0-9]{4,}/' }),
  /** Article numbers are padded with zeros to this many digits. */
  idDigits: Type.Integer({ minimum: 1, maximum: 20 }),
  /** The year of volume 1; an article whose XML names no volume gets `year - firstVolumeYear + 1`. */
  firstVolumeYear: Type.Integer(),
  issn: Type.Optional(Type.String()),
})

/** Whose articles a process takes: spread into the schema of its settings. */
export const JournalsSetting = {
  JOURNALS: Type.Array(Journal, {
    minItems: 1,
    description: 'the journals whose articles are taken, as a JSON array; numbers of articles are unique among them',
  }),
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
