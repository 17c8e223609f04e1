import type { ISql, TransactionSql } from 'postgres'
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

/** Finds an account by its address, in whatever case it is written. */
export async function findAccountByAddress(sql: ISql, email: string): Promise<Account | undefined> {
  const [account] = await sql<Account[]>`select ${columns(sql)} from account where lower(email) = lower(${email})`
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

/** Thrown for a change after which nobody could administer the dashboard. */
export class LastAdministratorError extends Error {
  override readonly name = 'LastAdministratorError'
  constructor() {
    super('Nobody would be left who is an administrator. Make somebody else one first.')
  }
}

/**
 * Changes an account, and returns what it was; undefined if there is none of this name.
 *
 * @throws LastAdministratorError if it would leave no administrator who can sign in
 */
export async function changeAccount(
  sql: TransactionSql,
  name: string,
  { fullName, email, role, disabled }: Pick<Account, 'fullName' | 'email' | 'role' | 'disabled'>,
): Promise<Account | undefined> {
  // Two administrators who demote each other wait for one another here.
  await sql`select pg_advisory_xact_lock(hashtext('continuum dashboard accounts'))`
  const before = await findAccount(sql, name)
  if (!before) return undefined
  await sql`
    update account set full_name = ${fullName}, email = ${email}, role = ${role},
      disabled_at = case when ${disabled} then coalesce(disabled_at, now()) end
    where name = ${name}`
  const [left] = await sql`select from account where role = 'administrator' and disabled_at is null limit 1`
  if (!left) throw new LastAdministratorError()
  return before
}

/** Checks that another account has an address. */
export async function isAddressTaken(sql: ISql, email: string, except: string): Promise<boolean> {
  const rows = await sql`select from account where lower(email) = lower(${email}) and name <> ${except}`
  return rows.length > 0
}
