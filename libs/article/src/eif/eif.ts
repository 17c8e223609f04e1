/** A value of the EIF's `affiliations`. */
export interface EifAffiliation {
  readonly dept?: string | undefined
  readonly institution?: string | undefined
  readonly city?: string | undefined
  readonly country?: string | undefined
  readonly email?: string | undefined
}

/** Kinds of things that contributors point to, each a map from id to value. */
export type EifReferenceKind =
  | 'equal-contrib'
  | 'email'
  | 'funding'
  | 'competing-interest'
  | 'contribution'
  | 'present-address'
  | 'affiliation'
  | 'related-object'
  | 'foot-note'

export interface EifContributor {
  readonly type: 'author' | 'author non-byline' | 'editor' | 'reviewer' | 'on-behalf-of'
  readonly id?: string | undefined
  readonly 'group-author-key'?: string | undefined
  readonly surname?: string | undefined
  readonly 'given-names'?: string | undefined
  readonly suffix?: string | undefined
  readonly collab?: string | undefined
  readonly 'on-behalf-of'?: string | undefined
  /** An address: `http://orcid.org/0000-0001-2345-6789`. */
  readonly orcid?: string | undefined
  readonly role?: string | undefined
  readonly email?: string | undefined
  readonly corresp?: boolean | undefined
  readonly deceased?: boolean | undefined
  readonly 'equal-contrib'?: boolean | undefined
  readonly affiliations?: readonly EifAffiliation[] | undefined
  readonly references?: { readonly [Kind in EifReferenceKind]?: readonly string[] | undefined }
}

/** A part of the article with a DOI and an address of its own. */
export interface EifFragment {
  readonly type: 'abstract' | 'boxed-text' | 'fig' | 'media' | 'supplementary-material' | 'table-wrap' | 'sub-article'
  readonly title?: string | undefined
  readonly doi: string
  readonly path: string
  readonly contributors?: readonly EifContributor[] | undefined
  readonly fragments?: readonly EifFragment[] | undefined
}

export interface EifCitation {
  readonly authors?: readonly {
    readonly 'group-type': string
    readonly surname?: string | undefined
    readonly 'given-names'?: string | undefined
    readonly suffix?: string | undefined
    readonly collab?: string | undefined
  }[]
  readonly year?: string | undefined
  readonly title?: string | undefined
  readonly source?: string | undefined
  readonly doi?: string | undefined
  readonly comment?: string | undefined
}

/**
 * The EIF: one version of an article without its text, as the website of 2016 takes it. There are no other keys, but one of ours.
 */
export interface Eif {
  readonly title: string
  readonly 'impact-statement'?: string | undefined
  readonly version: number
  readonly doi: string
  readonly publish: boolean
  readonly force?: boolean | undefined
  readonly volume?: number | undefined
  /** `e00353`. */
  readonly 'elocation-id'?: string | undefined
  readonly 'article-id': string
  /** `00353.1`. */
  readonly 'article-version-id': string
  /** UTC instant: when the article was first published. */
  readonly 'pub-date'?: string | undefined
  /** `2026-04` or `2026`: what the XML gives of the date, where it is no day. Not of the website of 2016. */
  readonly 'publication-date'?: string | undefined
  /** UTC instant: when this version was published. */
  readonly update?: string | undefined
  /** Of the article's page, without a slash before it: `content/1/e00353v1`. */
  readonly path: string
  readonly 'article-type': string
  readonly status: 'POA' | 'VOR'
  readonly categories?: {
    readonly 'display-channel'?: readonly string[]
    readonly 'sub-display-channel'?: readonly string[]
    readonly heading?: readonly string[]
  }
  readonly keywords?: {
    readonly 'author-keywords'?: readonly string[]
    readonly 'research-organism'?: readonly string[]
  }
  readonly 'related-articles'?: readonly { readonly type: string; readonly href: string }[]
  readonly contributors?: readonly EifContributor[]
  readonly referenced?: { readonly [Kind in EifReferenceKind]?: Readonly<Record<string, unknown>> }
  readonly fragments?: readonly EifFragment[]
  readonly citations?: Readonly<Record<string, EifCitation>>
}
