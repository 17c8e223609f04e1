import type { ISql, Sql } from 'postgres'
import { applyChange } from './apply-change.ts'

/** The things that Continuum cannot work without, besides its database. */
export const dependencies = ['lax', 'SWF', 'SQS', 'S3', 'disk'] as const
export type Dependency = (typeof dependencies)[number]

/** A thing that is wrong, and the way out. */
export interface Trouble {
  readonly problem: string
  readonly advice: string
}

/** The newest finding about one of them. Instants are ISO 8601. */
export interface News {
  readonly name: string
  readonly checkedAt: string
  readonly trouble?: Trouble & { readonly since: string }
}

interface Row {
  name: string
  checked_at: Date
  since: Date | null
  problem: string | null
  advice: string | null
}

/** Selects what is known of all of them; nothing before the consumer has looked for the first time. */
export async function newsOf(sql: Sql): Promise<News[]> {
  const rows = await sql<Row[]>`select name, checked_at, since, problem, advice from dependency order by since, name`
  return rows.map(({ name, checked_at: checked, since, problem, advice }) => ({
    name,
    checkedAt: checked.toISOString(),
    ...(since && problem && advice && { trouble: { problem, advice, since: since.toISOString() } }),
  }))
}

/**
 * Stores what was found, with the time of the look in unix milliseconds. Open pages are told where a trouble came or went, not of
 * every look.
 */
export async function recordNews(sql: Sql, found: ReadonlyMap<Dependency, Trouble | undefined>, at: number) {
  const before = new Map((await newsOf(sql)).map(({ name, trouble }) => [name, trouble]))
  const rows = [...found].map(([name, trouble]) => ({
    name,
    checked_at: new Date(at).toISOString(),
    since: trouble ? (before.get(name)?.since ?? new Date(at).toISOString()) : null,
    problem: trouble?.problem ?? null,
    advice: trouble?.advice ?? null,
  }))
  const store = (on: ISql) => on`
    insert into dependency ${on(rows)}
    on conflict (name) do update set checked_at = excluded.checked_at, since = excluded.since,
      problem = excluded.problem, advice = excluded.advice`
  const changed = [...found].some(([name, trouble]) => trouble?.problem !== before.get(name)?.problem)
  if (changed) await applyChange(sql, null, async (transaction) => void (await store(transaction)))
  else await store(sql)
}
