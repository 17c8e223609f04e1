import { readRecord, planCrossref, type CrossrefPlan, type JournalDetails } from '@continuum/deposit-documents'
import type { ArticleXml, Journal } from '@continuum/article'
import type { PublishedRun } from '@continuum/messages'
import type { Sql } from '@continuum/service'
import type { RecipientSettings } from '@continuum/settings'
import type { CrossrefFile, Notice, PublishedVersion } from '../rules/facts.ts'
import type { StoredDocument } from '../store/deposits.ts'
import { publishedVersion } from './published-version.ts'

/** A version of an article for Crossref. */
export interface CrossrefVersion {
  readonly xml: ArticleXml
  readonly doi: string
  readonly articleId: string
  readonly version: number
  readonly run: string
  readonly versions: readonly PublishedVersion[]
  readonly notice?: Notice | undefined
  readonly journal: JournalDetails
}

/** Lists the files that Crossref gets of a version. */
export type CrossrefFiles = (of: {
  readonly xml: ArticleXml
  readonly doi: string
  readonly run: PublishedRun
  readonly journal: Journal
  readonly versions: readonly PublishedVersion[]
  readonly notice?: Notice | undefined
}) => Promise<readonly CrossrefFile[]>

/** The dependencies of documents that depend on earlier ones. */
export interface EarlierDocuments {
  readonly sql: Sql
  readonly recipients: readonly RecipientSettings[]
  readonly readStored: (document: StoredDocument) => Promise<Buffer>
}

/**
 * Plans the files for Crossref. Where an earlier deposit said something that this version no longer says, a file that empties it goes
 * first: Crossref keeps what is left out.
 */
export async function crossrefPlan(version: CrossrefVersion, earlier: EarlierDocuments): Promise<CrossrefPlan> {
  const record = readRecord(version.xml, { doi: version.doi })
  const dois = [record.doi, ...(record.versionDoi === undefined ? [] : [record.versionDoi])]
  const before = new Map<string, Buffer>()
  for (const doi of dois) {
    const document = await lastDocument(earlier, doi, version)
    if (document) before.set(doi, document)
  }
  return planCrossref({
    record,
    published: publishedVersion(version),
    journal: version.journal,
    before: (doi) => before.get(doi),
  })
}

/** Lists the files for Crossref; of an article that no record can be made of one, whose building tells why. */
export async function crossrefFiles(version: CrossrefVersion, earlier: EarlierDocuments): Promise<CrossrefFile[]> {
  try {
    const { deposits } = await crossrefPlan(version, earlier)
    return deposits.map(({ kind, dois, after }) => ({ kind, dois: [...dois], after: [...after] }))
  } catch (error) {
    if (!isInvalid(error)) throw error
    return [{ kind: 'article', dois: [version.doi], after: [] }]
  }
}

/** Tells if an error says that the article is such that no valid document can be made of it. */
export function isInvalid(error: unknown): error is Error {
  return error instanceof Error && 'retry' in error && error.retry === false
}

/** The last document about a DOI that went to Crossref, or will, of another run than this. */
async function lastDocument(
  { sql, recipients, readStored }: EarlierDocuments,
  doi: string,
  { articleId, run }: CrossrefVersion,
): Promise<Buffer | undefined> {
  const crossref = recipients.filter(({ kind }) => kind === 'crossref').map(({ name }) => name)
  const [found] = await sql<{ document: StoredDocument }[]>`
    select deposit.document from deposit
    where recipient = any(${crossref}) and article = ${articleId} and run <> ${run} and part in ('article', 'version') and subjects @> array[${doi}]
      and document is not null and state in ('sent', 'confirmed', 'confirmed-with-warning', 'sending')
    order by stamp desc limit 1`
  return found && (await readStored(found.document))
}
