import { canonicalId, type Journal } from './journal.ts'

/** An article as its id says it. */
export interface ArticleAddress {
  readonly journal: Journal
  /** In canonical form: `00353`. */
  readonly number: string
}

/** Ids are at most this long: they become part of keys, of addresses and of SWF's ids. */
const maxIdLength = 100

/**
 * The id of an article in tables, keys, messages and addresses: the number of the default journal's, `00353`, and of all
 * others the prefix and the number, `ijm-00202`. It is of lower-case letters, digits and hyphens.
 *
 * @param number as it is written, or an id
 */
export function articleIdOf(journal: Journal, number: string): string {
  const canonical = canonicalId(journal, number)
  return journal.bareIds ? canonical : `${journal.prefix}-${canonical}`
}

/** The journal and number of an id, or undefined when it is none. `articleIdOf` makes the same id of them. */
export function parseArticleId(id: string, journals: readonly Journal[]): ArticleAddress | undefined {
  const journal = journalOfId(id, journals)
  return journal && articleIdOf(journal, id) === id ? { journal, number: canonicalId(journal, id) } : undefined
}

/**
 * The id that a person or an older address means: zeros before a number are ignored, `353` is `00353`. Undefined when it is no
 * id of these journals.
 */
export function readArticleId(text: string, journals: readonly Journal[]): string | undefined {
  const journal = journalOfId(text, journals)
  return journal && articleIdOf(journal, text)
}

function journalOfId(id: string, journals: readonly Journal[]): Journal | undefined {
  if (!isArticleId(id)) return undefined
  const named = journals.find(({ bareIds, prefix }) => !bareIds && id.startsWith(`${prefix}-`))
  return named ?? journals.find(({ bareIds }) => bareIds)
}

/** Tells if a text has the form of an id, whatever journals there are. */
export function isArticleId(text: string): boolean {
  return text.length <= maxIdLength && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
}

/** Tells if a text is a number of the journal. */
export function isNumberOf({ numberPattern }: Journal, text: string): boolean {
  return text.length <= maxIdLength && new RegExp(`^(?:${numberPattern})$`, 'i').test(text)
}

/** The id of the article that a DOI of this journal names, or undefined for another journal's DOI. DOIs ignore case. */
export function articleIdOfDoi(journal: Journal, doi: string): string | undefined {
  const number = numberOfDoi(journal, doi)
  return number === undefined ? undefined : articleIdOf(journal, number)
}

/** The number that a DOI names, as it is written; where the journal takes any DOI, all that follows the registrant. */
export function numberOfDoi(journal: Journal, doi: string): string | undefined {
  const { doiPrefix } = journal
  const own = doi.toLowerCase().startsWith(doiPrefix.toLowerCase())
  if (!own && journal.doi.check !== 'none') return undefined
  const number = own ? doi.slice(doiPrefix.length) : doi.slice(doi.indexOf('/') + 1)
  return isNumberOf(journal, number) ? number : undefined
}

/** The article of one of these journals that a DOI names; the journal with the longest prefix that fits is asked first. */
export function articleOfDoi(journals: readonly Journal[], doi: string): string | undefined {
  return journals
    .filter(({ doiPrefix }) => doi.toLowerCase().startsWith(doiPrefix.toLowerCase()))
    .toSorted((a, b) => b.doiPrefix.length - a.doiPrefix.length)
    .map((journal) => articleIdOfDoi(journal, doi))
    .find((id) => id !== undefined)
}
