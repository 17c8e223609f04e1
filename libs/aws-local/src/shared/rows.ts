import type { SQLOutputValue } from 'node:sqlite'

/** A row as SQLite returns it. The functions below check what a column holds, so that a wrong query fails at once. */
export type Row = Readonly<Record<string, SQLOutputValue>>

const unexpected = (row: Row, column: string) => new TypeError(`Column ${column} holds ${typeof row[column]}`)

export function numberIn(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number') return value
  throw unexpected(row, column)
}

export function textIn(row: Row, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  throw unexpected(row, column)
}

/** The column's text, or undefined where it is NULL. */
export function optionalTextIn(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : textIn(row, column)
}

/** The column's number, or undefined where it is NULL. */
export function optionalNumberIn(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : numberIn(row, column)
}
