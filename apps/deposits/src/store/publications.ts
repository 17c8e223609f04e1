import type { PublishedFile } from '@continuum/messages'
import type { PublicationFacts } from '../rules/facts.ts'
import type { DepositRow, StoredDocument } from './deposits.ts'
import type { Queries } from './queries.ts'

/** A publication as it was planned. */
export interface Publication {
  readonly facts: PublicationFacts
  readonly folder: string
  /** The instant of the version's publication, or of its silent correction. */
  readonly published: string
  readonly files: readonly PublishedFile[]
}

/** Reads the publication of a deposit. */
export async function readPublication(sql: Queries, { article, version, run }: DepositRow): Promise<Publication> {
  const [found] = await sql<{ facts: PublicationFacts; folder: string; published: Date; files: PublishedFile[] }[]>`
    select facts, folder, published, files from publication
    where article = ${article} and version = ${version} and run = ${run}`
  if (!found) throw new Error(`The publication of ${article} v${version}, run ${run}, is gone.`)
  return { ...found, published: found.published.toISOString() }
}

/** Keeps what a deposit's document is; false where it has one already, which stays, or another stamp than the document was made with. */
export async function setDocument(
  sql: Queries,
  { id, stamp }: Pick<DepositRow, 'id' | 'stamp'>,
  document: StoredDocument,
): Promise<boolean> {
  const { count } = await sql`
    update deposit set document = ${sql.json({ ...document })}
    where id = ${id} and document is null and stamp is not distinct from ${stamp}::numeric`
  return count > 0
}
