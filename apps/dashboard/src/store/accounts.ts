import type { ISql } from 'postgres'
import type { Role } from '../derive/rules/roles.ts'

/** Somebody who may sign in. */
export interface Account {
  readonly name: string
  readonly fullName: string
  readonly email: string | null
  readonly role: Role
  readonly disabled: boolean
  readonly addedBy: string
  /** ISO 8601 in UTC. */
  readonly addedAt: string
}

const columns = (sql: ISql) => sql`
  name, full_name as "fullName", email, role, disabled_at is not null as disabled, added_by as "addedBy",
  to_char(added_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "addedAt"`

/** Finds an account by its name. */
export async function findAccount(sql: ISql, name: string): Promise<Account | undefined> {
  const [account] = await sql<Account[]>`select ${columns(sql)} from account where name = ${name}`
  return account
}

/** Selects all accounts by name, disabled ones last. */
export async function allAccounts(sql: ISql): Promise<Account[]> {
  return sql<Account[]>`select ${columns(sql)} from account order by disabled_at is not null, lower(name)`
}

/** Adds an account; false if there is one with the name or the address. */
export async function addAccount(
  sql: ISql,
  account: { name: string; fullName: string; email: string | null; role: Role; addedBy: string },
): Promise<boolean> {
  const { name, fullName, email, role, addedBy } = account
  const rows = await sql`
    insert into account (name, full_name, email, role, added_by)
    values (${name}, ${fullName}, ${email}, ${role}, ${addedBy})
    on conflict do nothing returning name`
  return rows.length === 1
}
