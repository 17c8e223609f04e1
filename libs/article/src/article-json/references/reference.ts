import type { Group, Person, Place } from '../people/people.ts'

export type ReferenceAuthor = Person | Group

/** Pages of a part: first to last, or as they are written. */
export type Pages = string | { readonly first: string; readonly last: string; readonly range: string }

/** The common part of references of all types. */
export interface Head {
  readonly id: string
  /** `2004`, or a day of it; absent where the article gives none. */
  readonly date?: string | undefined
  /** The letter of `2004a`. */
  readonly discriminator?: string | undefined
  /** Its number or mark in the list, as it is printed. Not of the public API. */
  readonly label?: string | undefined
  /** The whole as it is written, with inline HTML. Not of the public API. */
  readonly text?: string | undefined
  /** Parts of the citation beyond those that the type knows, with inline HTML. Not of the public API. */
  readonly remainder?: readonly string[] | undefined
  readonly issue?: string | undefined
}

interface Common extends Head {
  readonly authors?: readonly ReferenceAuthor[] | undefined
  readonly authorsEtAl?: boolean | undefined
  readonly doi?: string | undefined
  readonly uri?: string | undefined
}

interface InBook extends Common {
  readonly bookTitle: string
  readonly editors?: readonly ReferenceAuthor[] | undefined
  readonly editorsEtAl?: boolean | undefined
  readonly publisher: Place
  readonly volume?: string | undefined
  readonly edition?: string | undefined
  readonly pmid?: number | undefined
  readonly isbn?: string | undefined
}

/** A work that the article cites. */
export type Reference =
  | (Common & {
      readonly type: 'journal'
      readonly articleTitle: string
      readonly journal: string
      readonly volume?: string | undefined
      readonly pages?: Pages | undefined
      readonly pmid?: number | undefined
    })
  | (InBook & { readonly type: 'book' })
  | (InBook & { readonly type: 'book-chapter'; readonly chapterTitle: string; readonly pages: Pages })
  | (Common & {
      readonly type: 'clinical-trial'
      readonly authorsType: 'authors' | 'collaborators' | 'sponsors'
      readonly title: string
    })
  | (Common & {
      readonly type: 'conference-proceeding'
      readonly articleTitle: string
      readonly conference: Place
      readonly pages?: Pages | undefined
    })
  | (Common & {
      readonly type: 'data'
      readonly title: string
      readonly source: string
      readonly dataId?: string | undefined
      readonly specificUse?: 'analyzed' | 'generated' | undefined
    })
  | (Omit<Common, 'authors'> & {
      readonly type: 'patent'
      readonly inventors: readonly ReferenceAuthor[]
      readonly title: string
      readonly patentType: string
      readonly country: string
      readonly number?: string | undefined
    })
  | (Common & {
      readonly type: 'periodical'
      readonly articleTitle: string
      readonly periodical: string
      readonly volume?: string | undefined
      readonly pages: Pages
    })
  | (Common & { readonly type: 'preprint'; readonly articleTitle: string; readonly source: string })
  | (Common & {
      readonly type: 'report'
      readonly title: string
      readonly publisher: Place
      readonly isbn?: string | undefined
      readonly pmid?: number | undefined
    })
  | (Common & {
      readonly type: 'software'
      readonly title: string
      readonly publisher: Place
      readonly version?: string | undefined
    })
  | (Omit<Common, 'authors'> & {
      readonly type: 'thesis'
      readonly author: Person
      readonly title: string
      readonly publisher: Place
    })
  | (Common & {
      readonly type: 'web'
      readonly title: string
      readonly website?: string | undefined
      readonly accessed?: string | undefined
    })
  | (Common & { readonly type: 'unknown'; readonly title?: string | undefined; readonly details?: string | undefined })
