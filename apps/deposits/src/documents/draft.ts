import type { Readable } from 'node:stream'
import type { ArticleXml, Journal } from '@continuum/article'
import type { RecipientSettings } from '@continuum/settings'
import type { DepositRow } from '../store/deposits.ts'
import type { Publication } from '../store/publications.ts'
import type { EarlierDocuments } from './crossref.ts'
import type { SiteAddresses } from './journal-details.ts'

/** The dependencies of building. */
export interface BuildTools extends EarlierDocuments {
  readonly journals: readonly Journal[]
  readonly addresses: SiteAddresses
  /** Reads a file of a run. */
  readonly read: (folder: string, name: string) => Promise<Buffer>
  /** Opens a file of a run. */
  readonly open: (folder: string, name: string) => Promise<Readable>
}

/** A document that was built, or the problems that keep it from being sent. */
export type Built = { readonly document: Draft } | { readonly problems: readonly string[] }

/** A document before it is kept: its size is known once it was written. */
export interface Draft {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array | (() => Readable)
}

/** A deposit whose document is built, with the article's XML. */
export interface Given {
  readonly row: DepositRow
  readonly publication: Publication
  readonly recipient: RecipientSettings
  readonly journal: Journal
  readonly bytes: Buffer
  readonly xml: ArticleXml
}
