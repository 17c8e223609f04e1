import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { Value } from 'typebox/value'
import type { Edition, Editions, Stage } from './edition.ts'
import { Eif } from './eif.ts'
import { refreshRecord } from './record-store.ts'

export interface VersionAddress {
  /** The article's id. */
  article: string
  version: number
}

/** A version while it is changed, under the lock of its article. */
export interface VersionUnderChange extends Editions {
  /** The publication date of version 1, if it is published. */
  first: Temporal.Instant | undefined
  keep: (edition: Edition) => Promise<void>
  drop: (stage: Stage) => Promise<void>
}

export async function changeVersion<T extends object | string>(
  sql: Sql,
  address: VersionAddress,
  work: (version: VersionUnderChange) => Promise<T>,
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>()
  await sql.begin(async (tx) => {
    let changed = false
    await tx`select pg_advisory_xact_lock(hashtextextended(${`journal article ${address.article}`}, 0))`
    const [first] = await listVersions(tx, address.article)
    resolve(
      await work({
        ...(await findEditions(tx, address)),
        first: first?.version === 1 ? first.edition.dates?.published : undefined,
        keep: (edition) => {
          changed ||= edition.stage === 'published'
          return keepEdition(tx, address, edition)
        },
        drop: async (stage) => {
          const { count } = await tx`delete from edition where ${sameVersion(tx, address)} and stage = ${stage}`
          changed ||= stage === 'published' && count > 0
        },
      }),
    )
    // Harvesters are told of what readers see, and of nothing else.
    if (changed) await refreshRecord(tx, address.article)
  })
  return promise
}

export async function findEditions(sql: Sql | TransactionSql, address: VersionAddress): Promise<Editions> {
  const rows = await sql<EditionRow[]>`select * from edition where ${sameVersion(sql, address)}`
  return Object.fromEntries(rows.map((row) => [row.stage, editionOf(row)]))
}

export interface PublishedVersion {
  version: number
  edition: Edition
}

/** Lists the published versions of an article, ascending. */
export async function listVersions(sql: Sql | TransactionSql, article: string): Promise<PublishedVersion[]> {
  const rows = await sql<EditionRow[]>`
    select * from edition where article = ${article} and stage = 'published' order by version`
  return rows.map((row) => ({ version: row.version, edition: editionOf(row) }))
}

/** A row of the table of editions. */
export interface EditionRow {
  version: number
  stage: Stage
  run: string | null
  eif: string
  published: Date | null
  updated: Date | null
  retracted?: boolean
}

async function keepEdition(tx: TransactionSql, { article, version }: VersionAddress, edition: Edition): Promise<void> {
  const row = {
    article,
    version,
    stage: edition.stage,
    run: edition.run ?? null,
    eif: JSON.stringify(edition.eif),
    published: dateOf(edition.dates?.published),
    updated: dateOf(edition.dates?.updated),
  }
  await tx`
    insert into edition ${tx(row)} on conflict (article, version, stage)
    do update set ${tx(row, 'run', 'eif', 'published', 'updated')}`
}

export function editionOf(row: EditionRow): Edition {
  const { stage, run, published, updated } = row
  return {
    stage,
    eif: Value.Parse(Eif, JSON.parse(row.eif)),
    ...(run !== null && { run }),
    ...(row.retracted && { retracted: true }),
    ...(published && { dates: { published: instantOf(published), ...(updated && { updated: instantOf(updated) }) } }),
  }
}

function sameVersion(sql: Sql | TransactionSql, { article, version }: VersionAddress) {
  return sql`article = ${article} and version = ${version}`
}

function instantOf(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}

function dateOf(instant: Temporal.Instant | undefined): Date | null {
  return instant ? new Date(instant.epochMilliseconds) : null
}
