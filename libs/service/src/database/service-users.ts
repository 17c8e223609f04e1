import postgres, { type Sql, type TransactionSql } from 'postgres'
import type { Logger } from '../process/log.ts'
import { scramVerifier } from './scram.ts'
import { tlsFor } from './tls.ts'
import { untilUp } from './until-up.ts'

/** A service's own user of a database: it owns the schema of the service, and may use no other. */
export interface ServiceUser {
  /** The service's schema, such as `lax`. */
  readonly schema: string
  readonly password: string
}

/** The name of a service's user. Users are of a whole server, so the database is in it. */
export const serviceUserName = (database: string, schema: string): string => `${database}_${schema}`

/** The URL of a database for a service's user. */
export function serviceUserUrl(adminUrl: string, { schema, password }: ServiceUser): string {
  const url = new URL(adminUrl)
  url.username = serviceUserName(databaseIn(url), schema)
  url.password = password
  return url.href
}

const databaseIn = (url: URL) => decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username)

/**
 * Makes the users of services with their schemas, and gives them what is in those schemas already: an earlier release made it as
 * another user. May be repeated: then it sets the passwords and changes nothing else.
 *
 * @param adminUrl the database, with a user who may create roles and owns what is there, such as the one that made the database
 * @returns false where that user may not create roles: nothing is made then
 */
export async function ensureServiceUsers(options: {
  adminUrl: string
  adminPassword?: string
  users: readonly ServiceUser[]
  logger: Logger
}): Promise<boolean> {
  const { adminUrl, adminPassword, users, logger } = options
  const sql = postgres(adminUrl, {
    max: 1,
    connect_timeout: 5,
    ...(adminPassword !== undefined && { password: adminPassword }),
    ...tlsFor(adminUrl),
    onnotice: (notice) => logger.debug({ notice }, 'database notice'),
  })
  try {
    await untilUp(sql, logger)
    const admin = await adminOf(sql)
    if (!admin.mayCreateRoles) return false
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('continuum service users'))`
      const database = databaseIn(new URL(adminUrl))
      for (const { schema, password } of users) {
        const name = serviceUserName(database, schema)
        await ensureRole(tx, { name, password, isSuperuser: admin.isSuperuser })
        await ensureSchema(tx, schema, name)
        const moved = await giveContents(tx, schema, name)
        if (moved > 0) logger.info({ schema, user: name, moved }, 'the schema has an owner of its own now')
      }
    })
    return true
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function adminOf(sql: Sql): Promise<{ mayCreateRoles: boolean; isSuperuser: boolean }> {
  const [role] = await sql<{ rolsuper: boolean; rolcreaterole: boolean }[]>`
    select rolsuper, rolcreaterole from pg_roles where rolname = current_user`
  const { rolsuper = false, rolcreaterole = false } = role ?? {}
  return { mayCreateRoles: rolsuper || rolcreaterole, isSuperuser: rolsuper }
}

async function ensureRole(
  tx: TransactionSql,
  { name, password, isSuperuser }: { name: string; password: string; isSuperuser: boolean },
): Promise<void> {
  const isThere = (await tx`select from pg_roles where rolname = ${name}`).length > 0
  await tx.unsafe(`${isThere ? 'alter' : 'create'} role ${quoted(name)} login password '${scramVerifier(password)}'`)
  // Nobody else gives objects to a role that he is no member of. A release that connects as this user goes on working, too.
  if (!isSuperuser) await tx`grant ${tx(name)} to current_user`
}

async function ensureSchema(tx: TransactionSql, schema: string, owner: string): Promise<void> {
  const [there] = await tx<{ owner: string }[]>`
    select pg_get_userbyid(nspowner) as owner from pg_namespace where nspname = ${schema}`
  if (!there) await tx`create schema ${tx(schema)} authorization ${tx(owner)}`
  else if (there.owner !== owner) await tx`alter schema ${tx(schema)} owner to ${tx(owner)}`
}

/** Gives tables, views, sequences, routines and types to the owner of their schema; what belongs to a table follows it. */
async function giveContents(tx: TransactionSql, schema: string, owner: string): Promise<number> {
  const foreign = await tx<{ object: string }[]>`
    with place as (select oid from pg_namespace where nspname = ${schema}),
    role as (select oid from pg_roles where rolname = ${owner})
    select 'table ' || c.oid::regclass as object
    from pg_class c, place, role
    where c.relnamespace = place.oid and c.relowner <> role.oid and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and not exists (
        select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype in ('a', 'i', 'e')
          and c.relkind = 'S'
      )
    union all
    select 'routine ' || p.oid::regprocedure
    from pg_proc p, place, role
    where p.pronamespace = place.oid and p.proowner <> role.oid
    union all
    select 'type ' || t.oid::regtype
    from pg_type t, place, role
    where t.typnamespace = place.oid and t.typowner <> role.oid and t.typelem = 0
      and (t.typrelid = 0 or (select relkind = 'c' from pg_class where oid = t.typrelid))`
  for (const { object } of foreign) await tx.unsafe(`alter ${object} owner to ${quoted(owner)}`)
  return foreign.length
}

const quoted = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`
