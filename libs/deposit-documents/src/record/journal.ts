import type { RecordNotice } from './notice.ts'
import type { PartialDate } from './record.ts'

/** A journal as recipients know it. */
export interface JournalDetails {
  /** Exactly as in Crossref's title record: "eLife". */
  readonly title: string
  /** NLM's abbreviation: "Elife". */
  readonly nlmTitle: string
  readonly publisher: string
  /** Of the electronic journal, as Crossref, PubMed and DOAJ have it. */
  readonly issn: string
  /** Begins the names of files: "elife". */
  readonly prefix: string
  /** The sender for Crossref, which mails results to the address. */
  readonly depositor: { readonly name: string; readonly email: string }
  readonly registrant: string
  /** Year of volume 1, where there is one volume a year. */
  readonly firstVolumeYear?: number
  /** Addresses on the journal's site, with `{id}`, `{number}` (without zeros), `{version}`, `{doi}`; `{fragment}` in that of a part. */
  readonly addresses: {
    /** "https://elifesciences.org/articles/{id}" */
    readonly article: string
    /** Of a version; that of the article where absent. */
    readonly version?: string
    /** "https://elifesciences.org/articles/{id}#{fragment}" */
    readonly part?: string
    /** Of the letters of a version. */
    readonly reviews?: string
    /** Of the PDF and the XML, for text mining; left out where absent. */
    readonly pdf?: string
    readonly xml?: string
  }
  /** Crossmark, where all articles of the journal have it; a notice has it always. */
  readonly crossmark?: {
    /** DOI of the policy page; the article's own where absent. */
    readonly policy?: string
    readonly domains: readonly string[]
  }
}

/** A published version, as the article store knows it. */
export interface PublishedVersion {
  /** Padded number or id: "00353". */
  readonly id: string
  readonly version: number
  readonly status: 'poa' | 'vor'
  /** The first version's day of publication, whatever version this is: `2015-03-25`, or an instant. */
  readonly published: string
  /** This version's day of publication. */
  readonly versionPublished: string
  /** True where an earlier version was a PoA. */
  readonly wasPoa: boolean
  /** Set where the article is retracted or withdrawn. */
  readonly notice?: RecordNotice | undefined
}

/** The day of an instant or a date, in UTC. */
export function dayOf(instant: string): PartialDate {
  return instant.includes('T') ? Temporal.Instant.from(instant).toString().slice(0, 10) : instant
}

/** Fills an address. */
export function addressOf(
  template: string,
  { id, version, doi, fragment = '' }: { id: string; version: number; doi: string; fragment?: string },
): string {
  const values: Readonly<Record<string, string>> = {
    id,
    number: id.replace(/^0+(?=\d)/, ''),
    version: String(version),
    doi,
    fragment: encodeURIComponent(fragment),
  }
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The volume: as the XML says it, else by the year of publication. */
export function volumeOf(
  { volume }: { readonly volume: string | undefined },
  { published }: Pick<PublishedVersion, 'published'>,
  { firstVolumeYear }: Pick<JournalDetails, 'firstVolumeYear'>,
): string | undefined {
  if (volume !== undefined) return volume
  return firstVolumeYear === undefined ? undefined : String(Number(dayOf(published).slice(0, 4)) - firstVolumeYear + 1)
}
