import type { ArticleStatus } from '../journal/journal.ts'
import type { Additions } from './additions.ts'
import type { Abstract, Digest } from './front/abstracts.ts'
import type { Author } from './people/authors.ts'
import type { Reviewer } from './people/reviewers.ts'
import type { AdditionalFile, Appendix, Block, NoteGroup, Paragraph, Section } from './blocks.ts'
import type { Copyright } from './copyright.ts'
import type { DataSets } from './back/data-sets.ts'
import type { Funding } from './back/funding.ts'
import type { Letters } from './letters/letters.ts'
import type { Reference } from './references/reference.ts'

/**
 * One version of an article as the public API has it (`article-poa`, `article-vor`). Instants are `YYYY-MM-DDTHH:MM:SSZ`.
 * Keys with a hyphen before them are for the article store only and never served.
 */
export interface Article extends Letters, Additions {
  readonly status: ArticleStatus
  /** Padded. */
  readonly id: string
  readonly version: number
  readonly type: string
  /** The type as readers know it: `Research Article`. Not of the public API. */
  readonly kind?: string | undefined
  readonly doi: string
  /** The DOI of this version of it, beside that of all of them. */
  readonly doiVersion?: string | undefined
  readonly authorLine?: string | undefined
  readonly title: string
  readonly titlePrefix?: string | undefined
  /** Of the article's first version. */
  readonly published: string
  /** `2011-05` or `2011`, where the XML says no more than that: `published` is then the first instant of it. */
  readonly publicationDate?: string | undefined
  /** Of this version and of its status, and the stage: the article store puts the true ones in their place. */
  readonly versionDate: string
  readonly statusDate: string
  readonly stage: 'published'
  readonly volume?: number | string | undefined
  readonly issue?: number | string | undefined
  /** `231–238`, as the XML counts the printed pages. Not of the public API. */
  readonly pages?: string | undefined
  readonly elocationId?: string | undefined
  readonly pdf?: string | undefined
  readonly xml: string
  readonly figuresPdf?: string | undefined
  readonly subjects?: readonly { readonly id: string; readonly name: string }[]
  readonly researchOrganisms?: readonly string[]
  readonly keywords?: readonly string[]
  readonly impactStatement?: string | undefined
  readonly abstract?: Abstract | undefined
  readonly digest?: Digest | undefined
  readonly copyright: Copyright
  readonly authors?: readonly Author[]
  readonly reviewers?: readonly Reviewer[]
  readonly ethics?: readonly Paragraph[]
  readonly funding?: Funding | undefined
  readonly dataSets?: DataSets
  readonly additionalFiles?: readonly AdditionalFile[]
  readonly body?: readonly Section[] | undefined
  readonly appendices?: readonly Appendix[]
  readonly references?: readonly Reference[]
  readonly acknowledgements?: readonly Block[]
  /** Notes of the text, in its order, then those of authors and of the back matter. Not of the public API. */
  readonly notes?: readonly NoteGroup[]
  readonly '-meta'?: { readonly location?: string | undefined }
  readonly '-history'?: History
  readonly '-related-articles-internal'?: readonly string[]
  readonly '-related-articles-external'?: readonly ExternalArticle[]
}

/** The steps before publication. */
export interface History {
  readonly received?: string | undefined
  readonly accepted?: string | undefined
  readonly 'sent-for-peer-review'?: string | undefined
  readonly preprint?: { readonly description: string; readonly uri: string; readonly date: string } | undefined
}

/** An article of another journal that this one is about. */
export interface ExternalArticle {
  readonly type: 'external-article'
  readonly articleTitle: string
  readonly journal: string
  readonly authorLine: string
  readonly uri: string
}

const snippetKeys = new Set(
  `copyright doi elocationId id impactStatement pdf published researchOrganisms status subjects title titlePrefix type version
  volume authorLine elifeAssessment figuresPdf image statusDate stage versionDate`.split(/\s+/),
)

/** The part of an article that lists show. */
export type Snippet = Partial<Article>

/** The keys of an article that lists show, those that it has. */
export function snippetOf(article: Article): Snippet {
  return Object.fromEntries(Object.entries(article).filter(([key]) => snippetKeys.has(key)))
}
