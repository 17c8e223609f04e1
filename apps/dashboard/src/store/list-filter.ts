import type { ISql, PendingQuery, Row } from 'postgres'
import { searchWords } from '../derive/rows/list-keys.ts'

/** A filter of the lists: each part narrows it; of the values of one part, any will do. */
export interface ListFilter {
  /** Text whose words, or their beginnings, must all be in the item. */
  readonly search?: string | undefined
  readonly sections?: readonly string[]
  readonly journals?: readonly string[]
  readonly subjects?: readonly string[]
  readonly kinds?: readonly string[]
  readonly statuses?: readonly string[]
  readonly findings?: boolean | undefined
  readonly steps?: readonly string[]
  readonly causes?: readonly string[]
  /** The accounts that take care of it; an empty name stands for nobody. */
  readonly assignees?: readonly string[]
  /** Instants: in its section from the first, before the second. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** Arrived from this instant on. */
  readonly arrivedFrom?: string | undefined
  readonly overdue?: boolean | undefined
  readonly via?: readonly string[]
}

/** Builds the condition of a filter, for a table of rows that is named `item`. */
export function matches(sql: ISql, filter: ListFilter): PendingQuery<Row[]> {
  const { sections = [], journals = [], subjects = [], kinds = [], statuses = [], steps = [], causes = [] } = filter
  const { search = '', findings, assignees = [], from, until, arrivedFrom, overdue, via = [] } = filter
  const oneOf = (column: string, values: readonly string[]) =>
    values.length === 0 ? [] : [sql`item.${sql(column)} = any(${[...values]}::text[])`]
  const parts = [
    ...(search.trim() === '' ? [] : [hasWords(sql, search)]),
    ...oneOf('section', sections),
    ...oneOf('journal', journals),
    ...(subjects.length === 0 ? [] : [sql`item.subjects && ${[...subjects]}::text[]`]),
    ...oneOf('kind', kinds),
    ...oneOf('status', statuses),
    ...(findings === undefined ? [] : [findings ? sql`item.findings > 0` : sql`item.findings = 0`]),
    ...oneOf('step', steps),
    ...(causes.length === 0 ? [] : [sql`item.cause <> ''`, ...oneOf('cause', causes)]),
    ...(assignees.length === 0 ? [] : [isAssigned(sql, assignees)]),
    ...(from === undefined ? [] : [sql`item.since >= ${from}::text::timestamptz`]),
    ...(until === undefined ? [] : [sql`item.since < ${until}::text::timestamptz`]),
    ...(arrivedFrom === undefined ? [] : [sql`item.arrived >= ${arrivedFrom}::text::timestamptz`]),
    ...(overdue ? [sql`item.due < now()`] : []),
    ...(via.length === 0 ? [] : [sql`item.via <> ''`, ...oneOf('via', via)]),
  ]
  return parts.reduce((all, part) => sql`${all} and ${part}`, sql`true`)
}

/** A word of the search begins a word of the item. */
function hasWords(sql: ISql, search: string) {
  const words = searchWords(search)
  // Words are letters and digits alone, so they need no escape.
  return words.length === 0
    ? sql`false`
    : sql`item.words @@ ${words.map((word) => `'${word}':*`).join(' & ')}::text::tsquery`
}

function isAssigned(sql: ISql, assignees: readonly string[]) {
  const names = assignees.filter((name) => name !== '')
  const to = sql`item.article in (select article from assignment where account = any(${names}::text[]))`
  const toNobody = sql`not exists (select from assignment where assignment.article = item.article)`
  if (names.length === assignees.length) return to
  return names.length === 0 ? toNobody : sql`(${to} or ${toNobody})`
}
