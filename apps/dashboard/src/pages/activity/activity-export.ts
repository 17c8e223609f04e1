import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Sql } from 'postgres'
import { activityLog, type LogEntry, type LogFilter } from '../../store/activity.ts'

const pageSize = 1000

/** The columns of the files, in order. */
const columns = [
  'at',
  'actor',
  'action',
  'article',
  'version',
  'run',
  'subject',
  'detail',
  'why',
  'result',
  'reason',
] as const

/** Reads all entries that match, newest first, some at a time. */
async function* allEntries(sql: Sql, filter: LogFilter): AsyncGenerator<LogEntry> {
  let last: LogEntry | undefined
  do {
    const page: LogEntry[] = await activityLog(sql, filter, pageSize, last)
    yield* page
    last = page.length === pageSize ? page.at(-1) : undefined
  } while (last)
}

/** Writes the entries as CSV (RFC 4180). What a spreadsheet would take for a formula is escaped. */
export function csvOf(sql: Sql, filter: LogFilter): Readable {
  const csv = stringify({ header: true, columns: [...columns], record_delimiter: 'windows', escape_formulas: true })
  const entries = Readable.from(allEntries(sql, filter))
  entries.on('error', (error) => csv.destroy(error))
  return entries.pipe(csv)
}

/** Writes the entries as a JSON array of objects. */
export function jsonOf(sql: Sql, filter: LogFilter): Readable {
  async function* text() {
    let before = '[\n'
    for await (const entry of allEntries(sql, filter)) {
      yield before + JSON.stringify(Object.fromEntries(columns.map((column) => [column, entry[column]])))
      before = ',\n'
    }
    yield before === '[\n' ? '[]\n' : '\n]\n'
  }
  return Readable.from(text())
}
