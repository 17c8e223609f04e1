import type { JournalDetails } from '@continuum/deposit-documents'
import type { Journal } from '@continuum/article'
import type { RecipientSettings } from '@continuum/settings'

/** The addresses of an environment that stand in documents. */
export interface SiteAddresses {
  /** Without a slash at the end. */
  readonly site: string
  /** Of published files. */
  readonly cdn: string
}

/**
 * Describes a journal as recipients know it: by its own settings, those of the Crossref account, and the addresses of the site.
 *
 * @param issn of the XML, for a journal whose settings have none
 */
export function journalDetails(
  journal: Journal,
  recipients: readonly RecipientSettings[],
  { site, cdn }: SiteAddresses,
  issn = '',
): JournalDetails {
  const crossref = recipients.find((each) => each.kind === 'crossref')
  const pubmed = recipients.find((each) => each.kind === 'pubmed')
  const { prefix } = journal
  return {
    title: journal.name,
    nlmTitle: pubmed?.journalTitle ?? journal.name,
    publisher: journal.publisher,
    issn: journal.issn ?? issn,
    prefix,
    depositor: crossref?.depositor ?? { name: journal.publisher, email: 'nobody@example.org' },
    registrant: crossref?.registrant ?? journal.publisher,
    ...(journal.firstVolumeYear !== undefined && { firstVolumeYear: journal.firstVolumeYear }),
    addresses: {
      article: `${site}/articles/{id}`,
      version: `${site}/articles/{id}v{version}`,
      part: `${site}/articles/{id}#{fragment}`,
      reviews: `${site}/articles/{id}v{version}/reviews`,
      pdf: `${cdn}/{id}/${prefix}-{id}-v{version}.pdf`,
      xml: `${cdn}/{id}/${prefix}-{id}-v{version}.xml`,
    },
    ...(crossref?.crossmark && { crossmark: crossref.crossmark }),
  }
}
