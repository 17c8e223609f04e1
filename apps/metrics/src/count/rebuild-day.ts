import type { Sql } from '@continuum/service'
import { reopenDay } from './days.ts'
import { recountStale } from './recount.ts'

/** Thrown when a closed day has usage that no log file repeats. A person must decide to lose it. */
export class SiteUsageError extends Error {
  override readonly name = 'SiteUsageError'
  readonly retry = false
}

/**
 * Counts a day again. An open day is counted from its events; a closed day is opened again, empty, and its log files must be
 * read again then.
 *
 * @param force opens it although usage is lost that came from the site, of which there is no log
 * @throws SiteUsageError
 */
export async function rebuildDay(
  sql: Sql,
  day: string,
  force: boolean,
  now: Temporal.Instant,
): Promise<{ reopened: boolean; recounted: number }> {
  const reopened = await sql.begin(async (tx) => {
    const [state] = await tx<{ closed: Date | null }[]>`select closed from day where day = ${day} for update`
    if (state?.closed === null) {
      await tx`insert into stale (article, day) select distinct article, day from event where day = ${day} on conflict do nothing`
      return false
    }
    const [counted] = await tx<{ site: number; total: number }[]>`
      select coalesce(sum(from_site), 0)::int as site, coalesce(sum(total_investigations), 0)::int as total
      from usage where day = ${day}`
    if (counted && counted.site > 0 && !force) {
      throw new SiteUsageError(
        `${counted.site} of the ${counted.total} uses of ${day} came from the site itself: they are in no log file, and would be lost. To lose them, say --force`,
      )
    }
    await reopenDay(tx, day, now)
    return true
  })
  return { reopened, recounted: await recountStale(sql) }
}
