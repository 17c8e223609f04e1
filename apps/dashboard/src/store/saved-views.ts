import type { ISql } from 'postgres'

/** A list that somebody has saved under a name. */
export interface SavedView {
  readonly id: number
  readonly account: string
  readonly name: string
  /** Its address. */
  readonly path: string
  /** Everybody sees it. */
  readonly shared: boolean
}

/** Selects the views of an account, then those that others share. */
export async function savedViews(sql: ISql, account: string): Promise<SavedView[]> {
  return sql<SavedView[]>`
    select id::float8, account, name, path, shared from saved_view where account = ${account} or shared
    order by account <> ${account}, lower(name), id limit 200`
}

/** Saves a view, in the place of one of the same name. */
export async function saveView(sql: ISql, { account, name, path, shared }: Omit<SavedView, 'id'>): Promise<void> {
  await sql`
    insert into saved_view (account, name, path, shared) values (${account}, ${name}, ${path}, ${shared})
    on conflict (account, name) do update set path = excluded.path, shared = excluded.shared, saved_at = now()`
}

/** Deletes a view of an account. */
export async function deleteView(sql: ISql, account: string, id: number): Promise<void> {
  await sql`delete from saved_view where account = ${account} and id = ${id}`
}
