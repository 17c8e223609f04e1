import type { SQLOutputValue } from 'node:sqlite'

/** A row of our own store: `column(row, name)` says its value, and fails where it is not what the schema says. */
export type Row = Record<string, SQLOutputValue>

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`The stored ${column} is no text.`)
  return value
}

export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`The stored ${column} is no number.`)
  return value
}

export const optionalText = (row: Row, column: string) => (row[column] === null ? undefined : textOf(row, column))
export const optionalNumber = (row: Row, column: string) => (row[column] === null ? undefined : numberOf(row, column))
