import { dayOf, volumeOf, type JournalDetails, type PublishedVersion } from '../record/journal.ts'
import type { ArticleRecord, PartialDate } from '../record/record.ts'
import { el, elWith, writeXml, type XmlElement } from '../xml/element.ts'
import { abstractElement, otherAbstract } from './abstracts.ts'
import { pubmedProblems } from './check.ts'
import { objectList } from './objects.ts'
import { authorList, coiStatement, groupList } from './people.ts'
import { pubmedTitle } from './text.ts'

/** Facts for a PubMed record beside the article's own. */
export interface PubmedInput {
  readonly record: ArticleRecord
  readonly journal: JournalDetails
  readonly published: PublishedVersion
  /**
   * True where PubMed has the article by our own records: an earlier deposit of it was confirmed, or sent and not refused. A
   * version number says nothing of it: a VoR whose PoA was refused is new.
   */
  readonly isKnown: boolean
}

/** A PubMed file. */
export interface PubmedDocument {
  /** `elife-pubmed-00353-v2.xml` */
  readonly name: string
  readonly xml: string
}

/** Thrown for a record that PubMed would refuse; it is never sent, and trying again can't help. */
export class InvalidPubmedFailure extends Error {
  override readonly name = 'InvalidPubmedFailure'
  readonly retry = false
}

const doctype =
  'DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.8//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/in/PubMed.dtd"'

/**
 * Makes the record of an article for PubMed, with `Replaces` where PubMed has it already.
 *
 * @throws {InvalidPubmedFailure} naming what is missing or out of order
 */
export function pubmedDocument(input: PubmedInput): PubmedDocument {
  const { journal, published } = input
  const root = el('ArticleSet', articleElement(input))
  const problems = pubmedProblems(root)
  const name = `${journal.prefix}-pubmed-${published.id}-v${published.version}.xml`
  if (problems.length > 0) throw new InvalidPubmedFailure(`PubMed would refuse ${name}: ${problems.join('; ')}`)
  return { name, xml: writeXml(root, doctype) }
}

function articleElement(input: PubmedInput): XmlElement {
  const { record, isKnown } = input
  const { doi } = record
  return el(
    'Article',
    journalElement(input),
    isKnown && elWith('Replaces', { IdType: 'doi' }, doi),
    el('ArticleTitle', pubmedTitle(record.title)),
    ...locations(record),
    el('Language', languageOf(record)),
    authorList(record.authors),
    groupList(record),
    publicationTypes(record).map((type) => el('PublicationType', type)),
    el(
      'ArticleIdList',
      elWith('ArticleId', { IdType: 'doi' }, doi),
      elWith('ArticleId', { IdType: 'pii' }, input.published.id.replace(/^.*-/, '')),
    ),
    history(input),
    abstractElement(record.abstracts),
    otherAbstract(record.abstracts),
    record.copyright !== undefined && el('CopyrightInformation', record.copyright),
    coiStatement(record),
    objectList(record),
  )
}

function journalElement({ record, journal, published }: PubmedInput): XmlElement {
  const date = record.dates.published?.length === 10 ? record.dates.published : dayOf(published.published)
  const [year = '', month = '', day = ''] = date.split('-')
  return el(
    'Journal',
    el('PublisherName', journal.publisher),
    el('JournalTitle', journal.nlmTitle),
    el('Issn', journal.issn),
    el('Volume', volumeOf(record, published, journal)),
    record.issue !== undefined && el('Issue', record.issue),
    elWith(
      'PubDate',
      { PubStatus: published.status === 'poa' ? 'aheadofprint' : 'epublish' },
      el('Year', year),
      el('Month', months[Number(month) - 1] ?? month),
      el('Day', day),
    ),
  )
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function locations({ doi, elocationId, firstPage, lastPage }: ArticleRecord): readonly XmlElement[] {
  return [
    ...(firstPage === undefined ? [] : [el('FirstPage', firstPage)]),
    ...(lastPage === undefined ? [] : [el('LastPage', lastPage)]),
    ...(elocationId === undefined ? [] : [elWith('ELocationID', { EIdType: 'pii' }, elocationId)]),
    elWith('ELocationID', { EIdType: 'doi' }, doi),
  ]
}

const languages: Readonly<Record<string, string>> = { en: 'EN', fr: 'FR', de: 'DE', es: 'ES', pt: 'PT', it: 'IT' }

function languageOf({ language = 'en' }: Pick<ArticleRecord, 'language'>): string {
  const code = language.slice(0, 2).toLowerCase()
  return languages[code] ?? code.toUpperCase()
}

function publicationTypes({ articleType, displayChannel }: ArticleRecord): readonly string[] {
  if (articleType === 'correction') return ['Published Erratum']
  if (articleType === 'retraction') return ['Retraction of Publication']
  if (articleType === 'expression-of-concern') return ['Expression of Concern']
  const isEditorial =
    articleType === 'editorial' || articleType === 'article-commentary' || displayChannel === 'Insight'
  return [isEditorial ? 'Editorial' : 'Journal Article']
}

/** Received and accepted, and of a VoR that was a PoA the day on which that came out: the first version's. */
function history({ record, published }: PubmedInput): XmlElement | undefined {
  const { received, accepted } = record.dates
  const ahead = published.status === 'vor' && published.wasPoa ? dayOf(published.published) : undefined
  const dates = [
    historyDate('received', received),
    historyDate('accepted', accepted),
    historyDate('aheadofprint', ahead),
  ].filter((date) => date !== undefined)
  return dates.length === 0 ? undefined : el('History', dates)
}

function historyDate(status: string, date: PartialDate | undefined): XmlElement | undefined {
  const [year, month, day] = date?.split('-') ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  return elWith('PubDate', { PubStatus: status }, el('Year', year), el('Month', month), el('Day', day))
}
