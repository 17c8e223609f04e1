import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

/** The variable with the address at which the tests of a vitest run find their shared server. */
export const addressVariable = 'CONTINUUM_TEST_POSTGRES'

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
  const server = await serverUrl()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const sql = postgres(server, { max: 1, onnotice: () => undefined, idle_timeout: 1 })
  await sql`create database ${sql(name)}`
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () => {
      await sql`drop database if exists ${sql(name)} with (force)`
      await sql.end()
    },
  }
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
