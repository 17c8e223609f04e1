import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as dial, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { connectDatabase } from './database.ts'
import { createLogger } from '../process/log.ts'
import { testDatabase } from '../testing/test-database.ts'

const logger = createLogger({ service: 'lax', level: 'silent' })
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  migration('0001-articles.sql', 'create table articles (id text primary key); create index on articles (id);')
})

function migration(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

function connect(url: string, schema = 'lax') {
  return connectDatabase({ url, schema, migrations: pathToFileURL(folder), logger, max: 2 })
}

test('a service has a schema of its own, in which tables are named bare', async () => {
  await using database = await testDatabase()
  const [lax, dashboard] = await Promise.all([connect(database.url), connect(database.url, 'dashboard')])
  await lax`insert into articles values ('00353')`
  expect(await lax`select id from lax.articles`).toHaveLength(1)
  expect(await dashboard`select id from articles`).toHaveLength(0)
  await Promise.all([lax.end(), dashboard.end()])
})

test('processes that start at once migrate once', async () => {
  await using database = await testDatabase()
  const pools = await Promise.all(Array.from({ length: 5 }, () => connect(database.url)))
  const applied = await Promise.all(pools.map((sql) => sql`select name from migrations`))
  expect(applied).toEqual(pools.map(() => [{ name: '0001-articles.sql' }]))
  await Promise.all(pools.map((sql) => sql.end()))
})

test('a later start applies what is new, in order', async () => {
  await using database = await testDatabase()
  await (await connect(database.url)).end()
  migration('0010-c.sql', 'alter table articles rename column title to headline')
  migration('0002-b.sql', 'alter table articles add title text')
  const sql = await connect(database.url)
  expect(await sql`select headline from articles`).toEqual([])
  await sql.end()
})

test('a migration that fails leaves nothing of itself', async () => {
  await using database = await testDatabase()
  migration('0002-half.sql', 'create table half (id int); create table articles (id int);')
  await expect(connect(database.url)).rejects.toThrow(/0002-half\.sql failed.*already exists/)
  rmSync(join(folder, '0002-half.sql'))
  const sql = await connect(database.url)
  expect(await sql`select to_regclass('half') as half`).toEqual([{ half: null }])
  await sql.end()
})

test('a migration that was changed or removed after it was applied is refused', async () => {
  await using database = await testDatabase()
  await (await connect(database.url)).end()
  migration('0001-articles.sql', 'create table articles (id integer)')
  await expect(connect(database.url)).rejects.toThrow(/0001-articles\.sql, which has changed since/)
  rmSync(join(folder, '0001-articles.sql'))
  await expect(connect(database.url)).rejects.toThrow(/does not belong to this release/)
})

test('a database that refuses is an error at once', async () => {
  await using database = await testDatabase()
  const url = new URL(database.url)
  url.pathname = '/there_is_none'
  await expect(connect(url.href)).rejects.toMatchObject({ code: '3D000' })
})

test('a database that is not up yet is waited for', async () => {
  await using database = await testDatabase()
  const real = new URL(database.url)
  const door = createServer((socket) => {
    const onward = dial(Number(real.port), '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  const url = new URL(database.url)
  url.port = String(await portOnceTaken())
  const open = () => void door.listen(Number(url.port), '127.0.0.1')
  const impatient = createLogger({ service: 'lax', level: 'warn', stream: { write: open } })
  const sql = await connectDatabase({
    url: url.href,
    schema: 'lax',
    migrations: pathToFileURL(folder),
    logger: impatient,
  })
  expect(await sql`select 1 as up`).toEqual([{ up: 1 }])
  await sql.end()
  door.close()
})

async function portOnceTaken(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
