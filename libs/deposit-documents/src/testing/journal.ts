import type { JournalDetails, PublishedVersion } from '../record/journal.ts'

/** A journal of articles like eLife's. */
export const journal: JournalDetails = {
  title: 'eLife',
  nlmTitle: 'Elife',
  publisher: 'eLife Sciences Publications, Ltd',
  issn: '2050-084X',
  prefix: 'elife',
  depositor: { name: 'A depositor', email: 'deposits@example.org' },
  registrant: 'A registrant',
  firstVolumeYear: 2012,
  addresses: {
    article: 'https://example.org/articles/{id}',
    version: 'https://example.org/articles/{id}v{version}',
    part: 'https://example.org/articles/{id}#{fragment}',
    reviews: 'https://example.org/articles/{id}v{version}/peer-reviews#{fragment}',
    pdf: 'https://cdn.example.org/articles/{id}/elife-{id}-v{version}.pdf',
    xml: 'https://cdn.example.org/articles/{id}/elife-{id}-v{version}.xml',
  },
  crossmark: { domains: ['example.org'] },
}

/** A version as the article store has it. */
export function versionOf(given: Partial<PublishedVersion> = {}): PublishedVersion {
  return {
    id: '00353',
    version: 1,
    status: 'vor',
    published: '2015-03-25T00:00:00Z',
    versionPublished: '2015-03-25T00:00:00Z',
    wasPoa: false,
    ...given,
  }
}
