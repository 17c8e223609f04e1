import type { ISql } from 'postgres'
import type { Schedule } from '../derive/history/model.ts'

/** A stored schedule. */
export interface StoredSchedule extends Schedule {
  article: string
  by: string
}

interface Row {
  article: string
  due: number
  version: number | null
  run: string | null
  fired: boolean
  by: string
  problem: string
}

const columns = (sql: ISql) => sql`
  article, floor(extract(epoch from due))::float8 as due, version, run, fired_at is not null as fired, set_by as by, problem`

function scheduleOf({ version, run, ...rest }: Row): StoredSchedule {
  return { ...rest, ...(version !== null && { version }), ...(run !== null && { run }) }
}

/** Selects the schedules of articles, including fired ones. */
export async function schedulesOf(sql: ISql, articles: readonly string[]): Promise<StoredSchedule[]> {
  const rows = await sql<Row[]>`select ${columns(sql)} from schedule where article = any(${[...articles]}::text[])`
  return rows.map(scheduleOf)
}

/** Selects unfired schedules between two unix times in seconds, both exclusive, soonest first. */
export async function schedulesBetween(sql: ISql, from: number, to: number): Promise<StoredSchedule[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from schedule
    where fired_at is null and due > to_timestamp(${from}) and due < to_timestamp(${to}) order by due, article`
  return rows.map(scheduleOf)
}

/** Sets or moves the schedule of an article, which has only one: it is unfired and not bound to a version. */
export async function setSchedule(sql: ISql, article: string, due: number, by: string): Promise<void> {
  await sql`
    insert into schedule (article, due, set_by) values (${article}, to_timestamp(${due}), ${by})
    on conflict (article) do update set
      due = excluded.due, set_by = excluded.set_by, set_at = clock_timestamp(),
      version = null, run = null, fired_at = null, tried_at = null, problem = ''`
}

/** Deletes the schedule of an article, if there is one. */
export async function cancelSchedule(sql: ISql, article: string): Promise<void> {
  await sql`delete from schedule where article = ${article}`
}

/** Binds the schedule to a version and run, unless it is already bound. */
export async function bindSchedule(sql: ISql, article: string, version: number, run: string): Promise<void> {
  await sql`update schedule set version = ${version}, run = ${run} where article = ${article} and run is null`
}

/** Locks, for this transaction, a due schedule that was not tried within the last minute. */
export async function lockDue(sql: ISql): Promise<StoredSchedule | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from schedule
    where fired_at is null and due <= now() and (tried_at is null or tried_at < now() - interval '1 minute')
    order by due limit 1 for update skip locked`
  return row && scheduleOf(row)
}

/** Marks the schedule as fired, or, with a problem, as tried just now. */
export async function markTried(sql: ISql, article: string, problem: string): Promise<void> {
  await sql`
    update schedule set problem = ${problem}, tried_at = clock_timestamp(),
      fired_at = case when ${problem} = '' then clock_timestamp() end
    where article = ${article}`
}

/** A schedule that is overdue, with the title of its article; null where that has not arrived. */
export interface OverdueSchedule {
  readonly article: string
  readonly title: string | null
  /** Unix seconds. */
  readonly due: number
  readonly by: string
  readonly problem: string
}

/** Selects the overdue schedules that no row of the current list shows, the oldest first. */
export async function unlistedOverdue(sql: ISql, limit: number): Promise<OverdueSchedule[]> {
  return sql<OverdueSchedule[]>`
    select schedule.article, coalesce(summary ->> 'title', article.id) as title,
      floor(extract(epoch from due))::float8 as due, set_by as by, problem
    from schedule left join article on article.id = schedule.article
    where fired_at is null and (due < now() - interval '2 minutes' or (due < now() and problem <> ''))
      and not exists (select from current_run where current_run.article = schedule.article and current_run.due is not null)
    order by schedule.due, schedule.article limit ${limit}`
}
