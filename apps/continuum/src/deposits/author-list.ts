import { readArticleId, type Journal } from '@continuum/article'
import type { ListedAuthors } from '@continuum/messages'
import { CsvError, parse } from 'csv-parse/sync'
import { UserError } from '../errors/user-error.ts'

/** The headings of each column, as editorial systems write them. */
const headings = {
  articleId: ['article', 'article id', 'manuscript', 'manuscript number', 'ms_no'],
  address: ['e-mail', 'email', 'e_mail', 'address'],
  givenNames: ['given names', 'given name', 'first name', 'first_nm'],
  surname: ['surname', 'last name', 'family name', 'last_nm'],
} as const

type Column = keyof typeof headings
const columns: readonly Column[] = ['articleId', 'address', 'givenNames', 'surname']

/**
 * Reads the editorial office's list of authors from CSV. Lines before the headings are what the editorial system says of its query;
 * an author without an address is left out.
 *
 * @param journals those of the environment: a number alone is of the default journal
 * @throws UserError where it is no such list, naming what is missing, or names no article
 */
export function readAuthorList(csv: string, journals: readonly Journal[]): ListedAuthors {
  const rows = readRows(csv)
  const start = rows.findIndex((row) => columns.every((column) => placeOf(row, column) >= 0))
  const head = rows[start]
  if (!head)
    throw new UserError(
      `The list has no line of headings: it needs ${columns.map((column) => `"${headings[column][0]}"`).join(', ')}.`,
    )
  const value = (row: readonly string[], column: Column) => (row[placeOf(head, column)] ?? '').trim()
  return rows.slice(start + 1).flatMap((row) => {
    const number = value(row, 'articleId')
    const address = value(row, 'address')
    if (number === '' || address === '') return []
    const articleId = readArticleId(number.toLowerCase(), journals)
    if (articleId === undefined)
      throw new UserError(
        `The list names the article "${number}", which no journal here has; expected such as 00353 or ijm-00202.`,
      )
    return [{ articleId, address, givenNames: value(row, 'givenNames'), surname: value(row, 'surname') }]
  })
}

function placeOf(row: readonly string[], column: Column): number {
  return row.findIndex((heading) => headings[column].some((known) => known === heading.trim().toLowerCase()))
}

function readRows(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, relaxColumnCount: true, skipEmptyLines: true })
  } catch (error) {
    if (error instanceof CsvError) throw new UserError(`The list is no CSV: ${error.message}`)
    throw error
  }
}
