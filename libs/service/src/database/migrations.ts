import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Sql } from 'postgres'
import type { Logger } from '../process/log.ts'

/** Thrown when a database was migrated by other files than those of the folder. Never retried: a person must decide. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  readonly retry = false
}

interface Migration {
  name: string
  text: string
  checksum: string
}

/**
 * Applies the migrations of a folder to a schema: each `<number>-<name>.sql` once, in the order of names, in its own
 * transaction. An advisory lock serialises processes that start at the same time.
 *
 * @throws MigrationError when an applied file has changed or is gone
 */
export async function migrate(options: { sql: Sql; schema: string; folder: URL; logger: Logger }): Promise<void> {
  const { sql, schema, folder, logger } = options
  const migrations = await readMigrations(folder)
  const connection = await sql.reserve()
  try {
    await connection`select pg_advisory_lock(hashtext(${`continuum migrations of ${schema}`}))`
    // Who owns the schema may not create one: PostgreSQL checks that first, whether the schema is there or not.
    const isThere = (await connection`select from pg_namespace where nspname = ${schema}`).length > 0
    if (!isThere) await connection`create schema ${sql(schema)}`
    await connection`
      create table if not exists migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`
    const applied = await connection<{ name: string; checksum: string }[]>`select name, checksum from migrations`
    const known = new Map(applied.map(({ name, checksum }) => [name, checksum]))
    refuseContradictions(schema, known, migrations)
    for (const { name, text, checksum } of migrations.filter((each) => !known.has(each.name))) {
      await apply(connection, { name, text, checksum })
      logger.info({ schema, migration: name }, 'migration applied')
    }
  } finally {
    await connection`select pg_advisory_unlock_all()`.catch(() => undefined)
    connection.release()
  }
}

async function apply(sql: Sql, { name, text, checksum }: Migration): Promise<void> {
  await sql`begin`
  try {
    await sql.unsafe(text)
    await sql`insert into migrations (name, checksum) values (${name}, ${checksum})`
    await sql`commit`
  } catch (error) {
    await sql`rollback`
    throw new Error(`Migration ${name} failed: ${String(error)}`, { cause: error })
  }
}

function refuseContradictions(schema: string, known: Map<string, string>, migrations: Migration[]): void {
  const atHand = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const [name, checksum] of known) {
    const now = atHand.get(name)
    if (now === checksum) continue
    const found = now === undefined ? 'does not belong to this release' : 'has changed since'
    throw new MigrationError(
      `Schema ${schema} was migrated by ${name}, which ${found}: run the release that it belongs to, or restore a matching database`,
    )
  }
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+.*\.sql$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder.href.endsWith('/') ? folder : `${folder.href}/`), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') }
    }),
  )
}
