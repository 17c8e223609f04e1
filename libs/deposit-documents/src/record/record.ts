import type { Element } from '@continuum/article/jats'

/** All of an article that a document for a recipient may say, read from its JATS. */
export interface ArticleRecord {
  readonly doi: string
  /** DOI of this version, where the journal gives versions their own. */
  readonly versionDoi: string | undefined
  /** `article-type` of the XML. */
  readonly articleType: string
  /** `Research Article`, `Insight`... as readers see it. */
  readonly displayChannel: string | undefined
  readonly subjects: readonly string[]
  readonly language: string | undefined
  readonly title: Element
  readonly volume: string | undefined
  readonly issue: string | undefined
  readonly elocationId: string | undefined
  readonly firstPage: string | undefined
  readonly lastPage: string | undefined
  readonly dates: RecordDates
  /** In the order of the byline; members of groups stand in their group. */
  readonly authors: readonly RecordContributor[]
  readonly editors: readonly RecordContributor[]
  readonly abstracts: readonly Abstract[]
  readonly keywords: readonly string[]
  readonly organisms: readonly string[]
  readonly licenceUrl: string | undefined
  /** `CC-BY-4.0` */
  readonly licenceCode: string | undefined
  readonly copyright: string | undefined
  readonly awards: readonly Award[]
  readonly references: readonly Reference[]
  readonly components: readonly Component[]
  readonly dataSets: readonly DataSet[]
  readonly preprints: readonly Preprint[]
  readonly related: readonly Related[]
  readonly reviews: readonly Review[]
  readonly competingInterests: readonly CompetingInterest[]
  readonly trials: readonly Trial[]
  /** Name of the PDF that the XML links. */
  readonly pdf: string | undefined
}

/** A day, a month or a year, as ISO 8601 writes it: `2021-03-04`, `2021-03`, `2021`. */
export type PartialDate = string

/** Days on the way to publication, as the XML says them. */
export interface RecordDates {
  readonly published: PartialDate | undefined
  readonly received: PartialDate | undefined
  readonly accepted: PartialDate | undefined
}

/** A person, a group, or somebody whose name is withheld. */
export interface RecordContributor {
  readonly kind: 'person' | 'group' | 'on-behalf-of' | 'anonymous'
  /** Surname of a person, or the whole name where its parts are not marked; name of a group. */
  readonly name: string
  readonly givenNames: string | undefined
  readonly suffix: string | undefined
  /** `contrib-type` of the XML: `author`, `editor`, `senior_editor`, `reviewer`... */
  readonly type: string
  /** `https://orcid.org/0000-0002-1825-0097` */
  readonly orcid: string | undefined
  readonly orcidAuthenticated: boolean
  readonly affiliations: readonly RecordAffiliation[]
  readonly corresponding: boolean
  readonly equalContribution: boolean
  readonly emails: readonly string[]
  /** Ids of foot-notes and others that it points to. */
  readonly pointsTo: readonly string[]
  readonly members: readonly RecordContributor[]
}

/** The place where somebody works. */
export interface RecordAffiliation {
  /** Institution; where no part is marked, the whole. */
  readonly institution: string
  readonly departments: readonly string[]
  readonly city: string | undefined
  readonly country: string | undefined
  readonly ror: string | undefined
  /** All of it in one line. */
  readonly text: string
}

export interface Abstract {
  readonly kind: 'abstract' | 'digest'
  readonly element: Element
}

/** Money for the work. */
export interface Award {
  readonly funder: string
  /** `https://doi.org/10.13039/...` of the Funder Registry. */
  readonly funderDoi: string | undefined
  readonly ror: string | undefined
  readonly numbers: readonly string[]
}

/** A work in the list of references. */
export interface Reference {
  readonly id: string
  /** `publication-type` of the XML. */
  readonly type: string
  /** Surname or group of the first author. */
  readonly firstAuthor: string | undefined
  readonly articleTitle: string | undefined
  readonly source: string | undefined
  readonly volume: string | undefined
  readonly issue: string | undefined
  readonly firstPage: string | undefined
  readonly elocationId: string | undefined
  readonly year: string | undefined
  readonly doi: string | undefined
  readonly isbn: string | undefined
  /** The whole as it is read. */
  readonly text: string
}

/** A part of the article with its own DOI. */
export interface Component {
  readonly doi: string
  /** Id of the element, for the fragment of its address. */
  readonly id: string | undefined
  readonly label: string | undefined
  readonly title: Element | undefined
  /** `image/tiff`, as the XML says it. */
  readonly mimeType: string | undefined
}

/** Data that the article made or used. */
export interface DataSet {
  readonly use: 'generated' | 'analysed'
  readonly title: string | undefined
  readonly doi: string | undefined
  readonly accession: string | undefined
  readonly uri: string | undefined
  /** Name of the archive: `NCBI Gene Expression Omnibus`. */
  readonly archive: string | undefined
}

/** An earlier form of the article. */
export interface Preprint {
  readonly kind: 'preprint' | 'reviewed-preprint'
  readonly doi: string | undefined
  readonly uri: string
}

/** Another article that this one is about. */
export interface Related {
  /** `corrected-article`, `retracted-article`, `object-of-concern`, `commentary-article`... */
  readonly type: string
  readonly doi: string
}

/** A letter of the review. */
export interface Review {
  /** `decision-letter`, `reply`, `editor-report`, `referee-report`, `author-comment`... */
  readonly type: string
  readonly id: string | undefined
  readonly doi: string | undefined
  readonly title: string
  readonly contributors: readonly RecordContributor[]
  readonly date: PartialDate | undefined
  readonly licenceUrl: string | undefined
}

export interface CompetingInterest {
  readonly id: string
  readonly text: string
}

export interface Trial {
  readonly number: string
  /** As the XML names it: `ClinicalTrials.gov`. */
  readonly registry: string
}
