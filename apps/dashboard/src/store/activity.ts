import type { ISql } from 'postgres'
import type { Activity } from '../derive/rules/activities.ts'

/** Something that was done, to be kept in the log. */
export interface NewActivity {
  readonly by: string
  readonly action: Activity
  readonly article?: string | null | undefined
  readonly version?: number | undefined
  readonly run?: string | undefined
  /** The person or thing acted on, where that is no article. */
  readonly subject?: string | undefined
  readonly detail?: string | undefined
  readonly why?: string | undefined
}

/** An entry of the log. */
export interface LogEntry {
  readonly key: string
  /** ISO 8601 in UTC, with microseconds. */
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly article: string | null
  readonly version: number | null
  readonly run: string | null
  readonly subject: string
  readonly detail: string
  readonly why: string
  /** `waiting`: it is stored, and will be done. */
  readonly result: 'done' | 'refused' | 'taken back' | 'waiting'
  /** The reason of a refusal. */
  readonly reason: string
}

/** A search of the log; each part narrows it. */
export interface LogFilter {
  /** Words that must all be in the entry. */
  readonly words?: readonly string[]
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly article?: string | undefined
  /** Instants: from the first, before the second. */
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/** Keeps something that was done. */
export async function recordActivity(sql: ISql, activity: NewActivity): Promise<void> {
  const { by, action, article = null, version = null, run = null, subject = '', detail = '', why = '' } = activity
  await sql`
    insert into activity (actor, action, article, version, run, subject, detail, why)
    values (${by}, ${action}, ${article}, ${version}, ${run}, ${subject}, ${detail}, ${why})`
}

/**
 * Selects entries of the log, newest first.
 *
 * @param after the last entry of the page before
 */
export async function activityLog(
  sql: ISql,
  filter: LogFilter,
  limit: number,
  after?: { at: string; key: string },
): Promise<LogEntry[]> {
  return sql<LogEntry[]>`
    select key, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action, article, version,
      run, subject, detail, why, result, reason
    from activity_log
    where ${matches(sql, filter)}
      and ${after ? sql`(at, key) < (${after.at}::text::timestamptz, ${after.key})` : sql`true`}
    order by at desc, key desc limit ${limit}`
}

/** Counts how often something was done to a person or thing since an instant. */
export async function countActivity(
  sql: ISql,
  { action, subject, since }: { action: Activity; subject: string; since: Temporal.Instant },
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from activity
    where action = ${action} and subject = ${subject} and at > ${since.toString()}::text::timestamptz`
  return row?.count ?? 0
}

/** Returns the text of all notes on articles, by article. */
export async function notesOf(sql: ISql, articles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ article: string; text: string }[]>`
    select article, string_agg(detail, ' ') as text from activity
    where article = any(${[...articles]}::text[]) and action = 'note' group by article`
  return new Map(rows.map(({ article, text }) => [article, text]))
}

/** Selects everybody who is in the log, by name. */
export async function actorsOfLog(sql: ISql): Promise<string[]> {
  const rows = await sql<{ actor: string }[]>`
    select actor from activity union select requested_by from request
    union select requested_by from execution_act order by actor`
  return rows.map(({ actor }) => actor)
}

function matches(sql: ISql, { words = [], actor, action, article, from, until }: LogFilter) {
  const text = sql`lower(concat_ws(' ', actor, action, article, subject, detail, why, reason, run))`
  const parts = [
    ...(actor === undefined ? [] : [sql`actor = ${actor}`]),
    ...(action === undefined ? [] : [sql`action = ${action}`]),
    ...(article === undefined ? [] : [sql`article = ${article}`]),
    ...(from === undefined ? [] : [sql`at >= ${from}::text::timestamptz`]),
    ...(until === undefined ? [] : [sql`at < ${until}::text::timestamptz`]),
    ...words.map((word) => sql`${text} like ${`%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`),
  ]
  return parts.reduce((all, part) => sql`${all} and ${part}`, sql`true`)
}
