import {
  articleCategories,
  articleLicence,
  attributeOf,
  childOf,
  childrenOf,
  keywordElements,
  metaOf,
  textOf,
  wordsOf,
  type ArticleXml,
  type Element,
} from '@continuum/article/jats'
import { readDataSets, readPreprints, readRelated, readTrials } from './relations.ts'
import { readAbstracts, readComponents } from './parts.ts'
import { readAwards } from './awards.ts'
import { historyDate, publicationDate } from './dates.ts'
import { contributorsIn } from './people.ts'
import { doiIn } from './doi.ts'
import { readReferences } from './references.ts'
import type { ArticleRecord } from './record.ts'
import { readCompetingInterests, readReviews } from './reviews.ts'

/** Thrown for an article without the parts that no recipient can do without; trying again can't help. */
export class IncompleteRecordFailure extends Error {
  override readonly name = 'IncompleteRecordFailure'
  readonly retry = false
}

/**
 * Reads an article's record.
 *
 * @param doi the article's, for XML that names none
 * @throws {IncompleteRecordFailure} when there is no title, or no DOI at all
 */
export function readRecord(xml: ArticleXml, { doi: given }: { doi?: string } = {}): ArticleRecord {
  const { root } = xml
  const meta = metaOf(root)
  const title = childOf(meta, 'title-group', 'article-title')
  const doi = articleDoi(meta) ?? given
  if (title === undefined || textOf(title) === '')
    throw new IncompleteRecordFailure('The XML has no title (article-title): no record can be made of it.')
  if (doi === undefined)
    throw new IncompleteRecordFailure('The XML has no DOI (article-id of type doi): no record can be made of it.')
  const people = contributorsIn(meta, root)
  const licence = articleLicence(xml)
  const categories = articleCategories(xml)
  return {
    doi,
    versionDoi: versionDoi(meta),
    articleType: attributeOf(root, 'article-type') ?? 'research-article',
    displayChannel: categories.kind,
    subjects: categories.subjects,
    language: attributeOf(root, 'xml:lang'),
    title,
    volume: wordsOf(childOf(meta, 'volume')),
    issue: wordsOf(childOf(meta, 'issue')),
    elocationId: wordsOf(childOf(meta, 'elocation-id')),
    firstPage: wordsOf(childOf(meta, 'fpage')),
    lastPage: wordsOf(childOf(meta, 'lpage')),
    dates: {
      published: publicationDate(meta),
      received: historyDate(meta, 'received'),
      accepted: historyDate(meta, 'accepted'),
    },
    authors: people.filter(({ isAuthor }) => isAuthor).map(({ contributor }) => contributor),
    editors: people.filter(({ isAuthor }) => !isAuthor).map(({ contributor }) => contributor),
    abstracts: readAbstracts(meta),
    keywords: authorKeywords(xml),
    organisms: keywordElements(xml, 'research-organism').map(textOf).filter(Boolean),
    licenceUrl: licence.url,
    licenceCode: licence.code,
    copyright: wordsOf(childOf(meta, 'permissions', 'copyright-statement')),
    awards: readAwards(meta),
    references: readReferences(root),
    components: readComponents(root),
    dataSets: readDataSets(root),
    preprints: readPreprints(meta),
    related: readRelated(meta),
    reviews: readReviews(root),
    competingInterests: readCompetingInterests(root),
    trials: readTrials(root),
    pdf: pdfOf(meta),
  }
}

function articleDoi(meta: Element | undefined): string | undefined {
  const ids = childrenOf(meta, 'article-id').filter((id) => attributeOf(id, 'pub-id-type') === 'doi')
  return doiIn(textOf(ids.find((id) => attributeOf(id, 'specific-use') !== 'version')))
}

function versionDoi(meta: Element | undefined): string | undefined {
  const id = childrenOf(meta, 'article-id').find(
    (each) => attributeOf(each, 'pub-id-type') === 'doi' && attributeOf(each, 'specific-use') === 'version',
  )
  return doiIn(textOf(id))
}

/** Those of authors; of a journal that gives its groups no type, all but those of organisms. */
function authorKeywords(xml: ArticleXml): readonly string[] {
  const given = keywordElements(xml, 'author-keywords')
  const groups = childrenOf(metaOf(xml.root), 'kwd-group').filter(
    (group) => !/organism|title/i.test(attributeOf(group, 'kwd-group-type') ?? ''),
  )
  const all = given.length > 0 ? given : groups.flatMap((group) => childrenOf(group, 'kwd'))
  return [...new Set(all.map(textOf).filter(Boolean))]
}

function pdfOf(meta: Element | undefined): string | undefined {
  const link = childrenOf(meta, 'self-uri').find((uri) => attributeOf(uri, 'content-type') === 'pdf')
  return attributeOf(link, 'xlink:href')
}
