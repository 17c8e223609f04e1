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
  shared ??= createDatabase(`${process.env[sharedPrefixVariable] ?? 'test_'}${randomUUID().replaceAll('-', '')}`)
  return { url: await shared }
}

/**
 * Creates an empty database on the server that all tests of a vitest run share: the one that DATABASE_URL names, else an
 * embedded one that starts with the first test that needs it. The database is dropped when it is disposed of.
 *
 * @example
 * await using database = await testDatabase()
 * const sql = await connectDatabase({ url: database.url, ... })
 * @throws when the run has no `globalSetup` in vitest.config.ts
 */
export async function testDatabase(): Promise<{ url: string; [Symbol.asyncDispose]: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = await createDatabase(name)
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      await using server = await connectServer()
      await server.sql`drop database if exists ${server.sql(name)} with (force)`
    },
  }
}

/** Drops what `sharedDatabase` made. */
export async function dropSharedDatabases(prefix: string): Promise<void> {
  await using server = await connectServer()
  const { sql } = server
  const left = await sql<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${prefix})`
  for (const { datname } of left) await sql`drop database if exists ${sql(datname)} with (force)`
}

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
