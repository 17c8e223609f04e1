import { dayOf, volumeOf, addressOf, type JournalDetails, type PublishedVersion } from './record/journal.ts'
import { titleNotice } from './record/notice.ts'
import type { ArticleRecord, RecordContributor } from './record/record.ts'
import { plainText } from './xml/plain-text.ts'

/** An article as DOAJ takes it. */
export interface DoajDocument {
  /** `elife-doaj-00353-v2.json` */
  readonly name: string
  readonly json: string
}

/** DOAJ keeps six keywords. */
const maxKeywords = 6

/** Makes the record of an article for DOAJ. Its year and month are those of the first version. */
export function doajDocument({
  record,
  journal,
  published,
}: {
  record: ArticleRecord
  journal: JournalDetails
  published: PublishedVersion
}): DoajDocument {
  const { id, version } = published
  const [year, month] = dayOf(published.published).split('-')
  const abstract = record.abstracts
    .filter(({ kind }) => kind === 'abstract')
    .map(({ element }) =>
      plainText(element.children.filter((node) => typeof node === 'string' || node.name !== 'title')),
    )
    .join(' ')
  const volume = volumeOf(record, published, journal)
  const bibjson = {
    title: `${titleNotice(record, published.notice) ?? ''}${plainText(record.title.children)}`,
    ...(abstract !== '' && { abstract }),
    author: record.authors.filter(({ kind }) => kind !== 'anonymous').map(authorOf),
    identifier: [
      { type: 'doi', id: record.doi },
      { type: 'eissn', id: journal.issn },
    ],
    journal: { ...(volume !== undefined && { volume }), ...(record.issue !== undefined && { number: record.issue }) },
    keywords: record.keywords.slice(0, maxKeywords),
    link: [
      {
        type: 'fulltext',
        url: addressOf(journal.addresses.article, { id, version, doi: record.doi }),
        content_type: 'HTML',
      },
    ],
    year,
    month: String(Number(month)),
  }
  return {
    name: `${journal.prefix}-doaj-${id}-v${version}.json`,
    json: `${JSON.stringify({ bibjson }, null, 2)}\n`,
  }
}

function authorOf({ givenNames, name, suffix, affiliations, orcid }: RecordContributor) {
  const places = affiliations.map(({ text }) => text).join('; ')
  return {
    name: [givenNames, name, suffix].filter(Boolean).join(' '),
    ...(places !== '' && { affiliation: places }),
    ...(orcid !== undefined && { orcid_id: orcid }),
  }
}
