import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

/** The variable with the address at which the tests of a vitest run find their shared server. */
export const addressVariable = 'CONTINUUM_TEST_POSTGRES'

/** The variable with what the names of the databases begin with that are there until the end of a vitest run. */
export const sharedPrefixVariable = 'CONTINUUM_TEST_DATABASES'

let shared: Promise<string> | undefined

/**
 * Creates an empty database once for all tests of a worker, which empty its tables themselves. It is there until the end of the run.
 *
 * @throws as `testDatabase` does
 */
export async function sharedDatabase(): Promise<{ url: string }> {
  shared ??= createDatabase(newName())
  return { url: await shared }
}

/** Databases that tests have left empty: creating one takes a third of a second, emptying one a tenth of that. */
const empty: string[] = []

/**
 * Gives an empty database on the server that all tests of a vitest run share: the one that DATABASE_URL names, else an
 * embedded one that starts with the first test that needs it. When it is disposed of, its connections are ended and it is emptied for the next
 * test, or dropped where the test changed more than what is in it.
 *
 * @example
 * await using database = await testDatabase()
 * const sql = await connectDatabase({ url: database.url, ... })
 * @throws when the run has no `globalSetup` in vitest.config.ts
 */
export async function testDatabase(): Promise<{ url: string; [Symbol.asyncDispose]: () => Promise<void> }> {
  const url = empty.pop() ?? (await createDatabase(newName()))
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      if (await emptyDatabase(url)) empty.push(url)
      else await dropDatabase(new URL(url).pathname.slice(1))
    },
  }
}

/** Empties a database; false where it has rights or settings of its own, or was dropped. */
async function emptyDatabase(url: string): Promise<boolean> {
  await using server = await connectServer()
  const name = new URL(url).pathname.slice(1)
  const [plain] = await server.sql`
    select from pg_database where datname = ${name} and datdba = current_user::regrole and datacl is null and datallowconn
      and oid not in (select setdatabase from pg_db_role_setting)`
  if (!plain) return false
  await server.sql`select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = ${name}`
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const schemas = await sql<{ name: string }[]>`
      select nspname as name from pg_namespace where nspname <> 'information_schema' and not starts_with(nspname, 'pg_')`
    for (const schema of schemas) await sql`drop schema ${sql(schema.name)} cascade`
    await sql`create schema public authorization pg_database_owner`
    await sql`grant usage on schema public to public`
    return true
  } finally {
    await sql.end()
  }
}

async function dropDatabase(name: string): Promise<void> {
  await using server = await connectServer()
  await server.sql`drop database if exists ${server.sql(name)} with (force)`
}

/** Drops the databases that are left at the end of a run. */
export async function dropSharedDatabases(prefix: string): Promise<void> {
  await using server = await connectServer()
  const { sql } = server
  const left = await sql<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${prefix})`
  for (const { datname } of left) await sql`drop database if exists ${sql(datname)} with (force)`
}

const newName = () => `${process.env[sharedPrefixVariable] ?? 'test_'}${randomUUID().replaceAll('-', '')}`

async function createDatabase(name: string): Promise<string> {
  await using server = await connectServer()
  await server.sql`create database ${server.sql(name)}`
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return url.href
}

async function connectServer() {
  const url = await serverUrl()
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  return { url, sql, [Symbol.asyncDispose]: () => sql.end() }
}

async function serverUrl(): Promise<string> {
  const given = process.env['DATABASE_URL']
  if (given) return given
  const address = process.env[addressVariable]
  if (!address) throw new Error(`${addressVariable} is not set: run the tests with the project's vitest.config.ts`)
  const answer = await fetch(address)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`The tests' PostgreSQL did not start: ${text}`)
  return text
}
