import type { Sql } from '@continuum/service'
import type { CitationCount } from './source.ts'

/** Keeps the numbers of a service. */
export async function keepCounts(
  sql: Sql,
  service: string,
  counts: readonly (CitationCount & { article: string })[],
  now: Temporal.Instant,
): Promise<void> {
  if (counts.length === 0) return
  const rows = counts.map(({ doi, article, number }) => ({ doi, article, service, number, checked: now.toString() }))
  await sql`
    insert into citation ${sql(rows)} on conflict (doi, service)
    do update set number = excluded.number, checked = excluded.checked, article = excluded.article`
}

/** Notes that a service is asked now. */
export async function noteAttempt(sql: Sql, service: string, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into citation_source (service, attempted) values (${service}, ${now.toString()})
    on conflict (service) do update set attempted = excluded.attempted`
}

/** Notes that a service has answered, or the problem. */
export async function noteResult(sql: Sql, service: string, now: Temporal.Instant, problem?: string): Promise<void> {
  await (problem === undefined
    ? sql`update citation_source set succeeded = ${now.toString()}, problem = null where service = ${service}`
    : sql`update citation_source set problem = ${problem} where service = ${service}`)
}

/** A service, and how old its numbers are. */
export interface SourceState {
  service: string
  attempted: Temporal.Instant
  succeeded: Temporal.Instant | null
  problem: string | null
}

export async function sourceStates(sql: Sql): Promise<SourceState[]> {
  const rows = await sql<{ service: string; attempted: Date; succeeded: Date | null; problem: string | null }[]>`
    select service, attempted, succeeded, problem from citation_source order by service`
  return rows.map(({ service, attempted, succeeded, problem }) => ({
    service,
    attempted: instantOf(attempted),
    succeeded: succeeded && instantOf(succeeded),
    problem,
  }))
}

/** The number of works that cite an article, or one of its versions, by a service. */
export interface ServiceCitations {
  service: string
  number: number
  /** The time at which the service told it; absent while it has not. */
  checked?: Temporal.Instant
}

/**
 * Reads the citations of an article by each of the services, 0 where a service knows none.
 *
 * @param doi that of a version; absent: all DOIs of the article are added up, as the original did
 */
export async function readCitations(
  sql: Sql,
  services: readonly string[],
  article: string,
  doi?: string,
): Promise<ServiceCitations[]> {
  const rows = await sql<{ service: string; number: number; checked: Date }[]>`
    select service, sum(number)::int as number, min(checked) as checked from citation
    where article = ${article} and ${doi === undefined ? sql`true` : sql`doi = ${doi.toLowerCase()}`}
    group by service`
  const found = new Map(rows.map((row) => [row.service, row]))
  return services.map((service) => {
    const row = found.get(service)
    return { service, number: row?.number ?? 0, ...(row && { checked: instantOf(row.checked) }) }
  })
}

function instantOf(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}
