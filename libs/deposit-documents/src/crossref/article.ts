import { addressOf, dayOf, volumeOf, type JournalDetails, type PublishedVersion } from '../record/journal.ts'
import { titleNotice } from '../record/notice.ts'
import type { ArticleRecord, PartialDate } from '../record/record.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'
import { jatsAbstract } from './abstracts.ts'
import { citationList } from './citations.ts'
import { componentList } from './components.ts'
import { contributorsElement } from './contributors.ts'
import {
  crossmarkElement,
  fundingProgram,
  licenceProgram,
  ownUpdates,
  trialsProgram,
  updatesOf,
  type KeptPart,
} from './programs.ts'
import { articleRelations, relationsProgram, versionRelations } from './relations.ts'
import { facesOf } from './text.ts'

/** An article with all that its record at Crossref is made of. */
export interface ArticleDeposit {
  readonly record: ArticleRecord
  readonly journal: JournalDetails
  readonly published: PublishedVersion
  /** The article's DOI, or that of this version. */
  readonly of: 'article' | 'version'
  /** Parts that are deposited empty, so that what Crossref keeps of them goes. */
  readonly emptied: readonly KeptPart[]
}

/** The journal with one article in it. */
export function journalElement(deposit: ArticleDeposit): XmlElement {
  const { record, journal, published } = deposit
  const volume = volumeOf(record, published, journal)
  const date = publicationDay(record, published)
  return el(
    'journal',
    elWith(
      'journal_metadata',
      { language: languageOf(record) },
      el('full_title', journal.title),
      elWith('issn', { media_type: 'electronic' }, journal.issn),
    ),
    volume !== undefined &&
      el(
        'journal_issue',
        // Required wherever there is an issue.
        dateElement('publication_date', date, { media_type: 'online' }),
        el('journal_volume', el('volume', volume.slice(0, 32))),
        record.issue !== undefined && el('issue', record.issue.slice(0, 32)),
      ),
    articleElement(deposit, date),
  )
}

function articleElement(deposit: ArticleDeposit, date: PartialDate): XmlElement {
  const { record, published, of, emptied } = deposit
  const doi = of === 'version' ? (record.versionDoi ?? record.doi) : record.doi
  const relations = of === 'version' ? versionRelations(record) : articleRelations(record)
  return elWith(
    'journal_article',
    { publication_type: 'full_text', language: languageOf(record) },
    el('titles', el('title', titleNotice(record, published.notice), facesOf(record.title))),
    contributorsElement(record.authors, () => 'author'),
    record.abstracts.map(jatsAbstract),
    dateElement('publication_date', date, { media_type: 'online' }),
    record.dates.accepted !== undefined &&
      dateElement('acceptance_date', record.dates.accepted, { media_type: 'online' }),
    record.firstPage !== undefined &&
      el(
        'pages',
        el('first_page', record.firstPage),
        record.lastPage !== undefined && el('last_page', record.lastPage),
      ),
    el(
      'publisher_item',
      record.elocationId !== undefined &&
        elWith('item_number', { item_number_type: 'article_number' }, record.elocationId.slice(0, 32)),
      elWith('identifier', { id_type: 'doi' }, doi),
    ),
    rights(deposit, date),
    relationsProgram(emptied.includes('relations') ? [] : relations),
    doiData(deposit, doi),
    citationList(emptied.includes('references') ? [] : record.references),
    // Parts belong to the article: in the record of a version they would be deposited twice.
    of === 'article' && componentList(record, deposit.journal, deposit.published),
  )
}

/** Crossmark with funding, licence and trials in it, or these by themselves. */
function rights(
  { record, journal, published, of, emptied }: ArticleDeposit,
  date: PartialDate,
): readonly (XmlElement | undefined)[] {
  const programs = [
    fundingProgram(emptied.includes('funding') ? [] : record.awards),
    licenceProgram(record, date.length === 10 ? date : undefined),
    trialsProgram(record),
  ]
  // What went with a former notice can only be taken away with all of Crossmark.
  if (emptied.includes('updates')) return [el('crossmark')]
  const updates = [...updatesOf(record), ...(of === 'article' ? ownUpdates(record, published.notice) : [])]
  // A notice is told in Crossmark, whether or not the journal's other articles have it: Crossref knows no other place.
  const crossmark = journal.crossmark ?? (updates.length > 0 ? { domains: [] } : undefined)
  if (crossmark === undefined) return programs
  return [
    crossmarkElement({
      doi: record.doi,
      crossmark,
      updates,
      date: fullDate(date),
      programs: programs.filter((program) => program !== undefined),
    }),
  ]
}

function doiData({ record, journal, published, of, emptied }: ArticleDeposit, doi: string): XmlElement {
  const { addresses } = journal
  const fill = (template: string) =>
    addressOf(template, { id: published.id, version: published.version, doi: record.doi })
  const page = fill(of === 'version' ? (addresses.version ?? addresses.article) : addresses.article)
  const pdf = addresses.pdf === undefined ? undefined : fill(addresses.pdf)
  const files = [
    ['application/pdf', pdf],
    ['application/xml', addresses.xml === undefined ? undefined : fill(addresses.xml)],
  ] as const
  const mined = files.flatMap(([type, address]) =>
    address === undefined ? [] : [el('item', elWith('resource', { mime_type: type }, address))],
  )
  // Similarity Check reads the PDF of a PoA, which has no other text, and the page of a VoR.
  const crawled = published.status === 'poa' ? (pdf ?? page) : page
  const isEmptied = emptied.includes('text-mining')
  return el(
    'doi_data',
    el('doi', doi),
    el('resource', page),
    elWith(
      'collection',
      { property: 'crawler-based' },
      elWith('item', { crawler: 'iParadigms' }, el('resource', crawled)),
    ),
    (mined.length > 0 || isEmptied) && elWith('collection', { property: 'text-mining' }, isEmptied ? [] : mined),
  )
}

/** The day of publication: of the XML, else of the article store; never that of the run. */
export function publicationDay({ dates }: Pick<ArticleRecord, 'dates'>, { published }: PublishedVersion): PartialDate {
  return dates.published ?? dayOf(published)
}

/** `<name><month>08</month><day>09</day><year>2018</year></name>`, as far as the day is known. */
export function dateElement(
  name: string,
  date: PartialDate,
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  const [year, month, day] = date.split('-')
  return elWith(
    name,
    attributes,
    month !== undefined && el('month', month),
    day !== undefined && el('day', day),
    el('year', year),
  )
}

/** The first day that a date may mean. */
export function fullDate(date: PartialDate): string {
  return `${date}${['-01-01', '-01', ''][date.split('-').length - 1]}`
}

function languageOf({ language }: Pick<ArticleRecord, 'language'>): string | undefined {
  const code = language?.slice(0, 2).toLowerCase()
  return code !== undefined && /^[a-z]{2}$/.test(code) ? code : undefined
}
