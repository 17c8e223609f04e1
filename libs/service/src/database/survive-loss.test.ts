import { expect, test } from 'vitest'
import { createLogger } from '../process/log.ts'
import { testDatabase } from '../testing/test-database.ts'
import { connectDatabase } from './database.ts'

/** A connection that is lost in the middle of a transaction. Vitest fails where the process would have died. */

const logger = createLogger({ service: 'test', level: 'silent' })
const migrations = new URL('../testing/', import.meta.url)

async function startDatabase() {
  const database = await testDatabase()
  const connect = (max: number) => connectDatabase({ url: database.url, schema: 'lost', migrations, logger, max })
  const [sql, killer] = [await connect(1), await connect(1)]
  const kill = (pid: number) => killer`select pg_terminate_backend(${pid}, 5000)`
  const dispose = async () => {
    await Promise.all([sql.end({ timeout: 1 }), killer.end({ timeout: 1 })])
    await database[Symbol.asyncDispose]()
  }
  return { sql, kill, [Symbol.asyncDispose]: dispose }
}

const pause = () => new Promise((resolve) => setImmediate(resolve))

test('between two statements: the second is refused, the transaction rejects, and the next one works', async () => {
  await using database = await startDatabase()
  const { sql, kill } = database
  const transaction = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
    await kill(row?.pid ?? 0)
    await pause()
    await tx`select 2`
  })
  await expect(transaction).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|57P01/) })
  expect(await sql.begin((tx) => tx`select 3 as three`)).toEqual([{ three: 3 }])
})

test('during a statement', async () => {
  await using database = await startDatabase()
  const { sql, kill } = database
  const transaction = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
    const sleeping = tx`select pg_sleep(30)`
    await Promise.all([sleeping, pause().then(() => kill(row?.pid ?? 0))])
  })
  await expect(transaction).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|57P01/) })
  // The driver hands the error of the lost session to the first query of the next one as well.
  await expect.poll(() => sql`select 3 as three`.catch(() => [])).toEqual([{ three: 3 }])
})

test('a transaction that fails otherwise is rolled back, and its error is thrown', async () => {
  await using database = await startDatabase()
  const { sql } = database
  await sql`create table kept (n integer)`
  const failing = sql.begin(async (tx) => {
    await tx`insert into kept values (1)`
    throw new TypeError('no')
  })
  await expect(failing).rejects.toThrow(TypeError)
  await expect(sql.begin((tx) => tx`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  const isolation = await sql.begin('isolation level serializable', (tx) => [
    tx`show transaction_isolation`,
    tx`select count(*)::int as rows from kept`,
  ])
  expect(isolation).toEqual([[{ transaction_isolation: 'serializable' }], [{ rows: 0 }]])
})
