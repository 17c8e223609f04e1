import type { DatabaseSync } from 'node:sqlite'
import { numberIn } from './shared/rows.ts'
import { createTables as createSqsTables } from './sqs/store/tables.ts'
import { createTables as createSwfTables } from './swf/store/schema.ts'

/** The version of the schema, stored as `PRAGMA user_version`. 0: without regions. */
const current = 1

/** Thrown at start for a data folder written by a later version. Do not retry. */
export class NewerDataFolderError extends Error {
  override readonly name = 'NewerDataFolderError'
}

/**
 * Creates the tables of SWF and SQS, and migrates those of earlier versions: their rows are assigned to `region`.
 * @throws {NewerDataFolderError}
 */
export function prepareTables(db: DatabaseSync, region: string): void {
  const version = numberIn(db.prepare('PRAGMA user_version').get() ?? {}, 'user_version')
  if (version > current)
    throw new NewerDataFolderError(
      'The data folder was written by a newer version of aws-local: use that version, or choose another folder with --data.',
    )
  // Renaming a table must not change references to it in others, nor dropping it delete rows that refer to it.
  db.exec('PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; BEGIN IMMEDIATE')
  const earlier = version < 1 ? withoutRegion.filter((table) => has(db, table)) : []
  for (const table of earlier) renameTable(db, table)
  createSwfTables(db)
  createSqsTables(db)
  for (const table of earlier) copyRows(db, table, region)
  db.exec(`PRAGMA user_version = ${current}; COMMIT`)
  db.exec('PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON')
}

const withoutRegion = ['swf_domain', 'swf_type', 'swf_execution', 'sqs_queues']

const has = (db: DatabaseSync, table: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined

function renameTable(db: DatabaseSync, table: string): void {
  for (const index of ['swf_open', 'swf_started', 'swf_closed']) db.exec(`DROP INDEX IF EXISTS ${index}`)
  db.exec(`ALTER TABLE ${table} RENAME TO ${table}_before`)
}

function copyRows(db: DatabaseSync, table: string, region: string): void {
  const columns = db
    .prepare(`SELECT name FROM pragma_table_info(?)`)
    .all(`${table}_before`)
    .map((row) => String(row['name']))
    .join(', ')
  db.prepare(`INSERT INTO ${table} (region, ${columns}) SELECT ?, ${columns} FROM ${table}_before`).run(region)
  db.exec(`DROP TABLE ${table}_before`)
}
