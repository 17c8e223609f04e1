import type { ArticleDescription } from './describe.ts'
import { numberOfDoi } from '../journal/article-id.ts'
import { canonicalId, doiOf, type Journal } from '../journal/journal.ts'
import { isAsExactAs } from '../jats/dates.ts'
import { isTaken } from '../jats/licence.ts'

/** Something that the journal's settings ask of an article and its XML does not have. */
export interface UnmetDemand {
  readonly code: 'no-publication-date' | 'no-open-licence' | 'wrong-doi' | 'article-type' | 'language'
  /** Says what was found, what was expected and what to do. */
  readonly message: string
  /** The missing thing, in short. */
  readonly missing: string
}

/** All that the journal asks of an article and its XML does not have: with one of these it is not published. */
export function unmetDemands(journal: Journal, article: ArticleDescription): readonly UnmetDemand[] {
  return [
    ...date(journal, article),
    ...licence(journal, article),
    ...doi(journal, article),
    ...kind(journal, article),
    ...language(journal, article),
  ]
}

const parts = { day: 'day, month and year', month: 'month and year', year: 'year' } as const

function date(
  { publicationDate: { precision, types } }: Journal,
  { dates }: ArticleDescription,
): readonly UnmetDemand[] {
  const { published, publishedPrecision = 'year' } = dates
  if (published !== undefined && isAsExactAs(publishedPrecision, precision)) return []
  const found = published === undefined ? '' : `, but only ${published.slice(0, publishedPrecision === 'year' ? 4 : 7)}`
  const message = `The XML does not say in full when the article is published${found} (pub-date with ${parts[precision]}, of type ${types.join(', ')}). Add the date.`
  return [
    { code: 'no-publication-date', message, missing: `the date of publication (pub-date with ${parts[precision]})` },
  ]
}

function licence({ licences }: Journal, { licence: found }: ArticleDescription): readonly UnmetDemand[] {
  if (licences.includes('any') || isTaken(found, licences)) return []
  const says = found.code ?? found.url
  const expected = `${licences.join(', ')} ${licences.length === 1 ? 'is' : 'are'} taken`
  const message = says
    ? `The XML's licence is ${says}; ${expected}.`
    : `The XML names no licence; ${expected}. Link it in permissions (license with xlink:href).`
  return [
    {
      code: 'no-open-licence',
      message,
      missing: `a licence that the journal takes (${licences.join(', ')}; found ${says ?? 'none'})`,
    },
  ]
}

function doi(journal: Journal, { doi: found, articleId }: ArticleDescription): readonly UnmetDemand[] {
  const { check } = journal.doi
  const begins = found.toLowerCase().startsWith(journal.doiPrefix.toLowerCase())
  const number = begins ? numberOfDoi(journal, found) : undefined
  const isOfNumber = number !== undefined && canonicalId(journal, number) === canonicalId(journal, articleId)
  if (check === 'none' || (check === 'prefix' ? begins : isOfNumber)) return []
  const expected =
    check === 'prefix' ? `a DOI of ${journal.name} begins with "${journal.doiPrefix}"` : doiOf(journal, articleId)
  const message = `The XML's DOI is ${found}; ${check === 'prefix' ? '' : 'expected is '}${expected}.`
  return [{ code: 'wrong-doi', message, missing: `the DOI that is expected (${expected}; found ${found})` }]
}

function kind({ articleTypes }: Journal, { type, jatsType }: ArticleDescription): readonly UnmetDemand[] {
  if (!articleTypes || articleTypes.includes(type) || articleTypes.includes(jatsType)) return []
  const message = `The article is a ${type} (article-type ${jatsType}); the journal takes ${articleTypes.join(', ')}.`
  return [{ code: 'article-type', message, missing: `a kind that the journal takes (found ${type})` }]
}

function language({ languages }: Journal, { language: found }: ArticleDescription): readonly UnmetDemand[] {
  const isOf = (taken: string) => found?.toLowerCase().split('-')[0] === taken.toLowerCase().split('-')[0]
  if (!languages || found === undefined || languages.some(isOf)) return []
  const message = `The article is in ${found} (xml:lang); the journal takes ${languages.join(', ')}.`
  return [{ code: 'language', message, missing: `a language that the journal takes (found ${found})` }]
}
