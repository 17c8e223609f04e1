import type { Readable } from 'node:stream'
import { readArticleId, type Journal } from '@continuum/article'
import type { Sql } from '@continuum/service'
import { linesOf } from '../intake/lines.ts'
import { readCsvLine } from './csv.ts'
import { formerUse, numberOfDownload } from './former-address.ts'
import { keepHistory, type HistoricUsage } from './keep-history.ts'

/** Thrown when a file has no history in it. Never retried: a person must look at it. */
export class UnreadableHistoryError extends Error {
  override readonly name = 'UnreadableHistoryError'
  readonly retry = false
}

/** The outcome of a history file. */
export interface TakenHistory {
  rows: number
  /** Days and months of articles that are kept now. */
  kept: number
  views: number
  downloads: number
  skipped: Record<string, number>
}

/** The names of columns, of our own files and of Google Analytics' exports, in lower case. */
const columns = {
  article: ['article', 'id'],
  date: ['date', 'ga:date', 'ga:yearmonth', 'month', 'yearmonth', 'year month', 'period'],
  source: ['source'],
  page: ['page', 'ga:pagepath', 'page path', 'pagepath', 'page path and screen class', 'page path + query string'],
  label: ['ga:eventlabel', 'event label', 'eventlabel'],
  event: ['event name', 'eventname'],
  number: [
    'ga:pageviews',
    'pageviews',
    'views',
    'screenpageviews',
    'sessions',
    'ga:totalevents',
    'total events',
    'event count',
    'eventcount',
  ],
  full: ['full'],
  abstract: ['abstract'],
  digest: ['digest'],
  pdf: ['pdf'],
} as const
type Column = keyof typeof columns
type Row = Partial<Record<Column, string>>

const uses = ['full', 'abstract', 'digest', 'pdf'] as const

/**
 * Keeps the usage that another system counted. The file is comma-separated with a header: either `article,date,source,full,
 * abstract,digest,pdf`, or an export of Google Analytics (page or event label, date or month, number), whose addresses are
 * read by the rules of their time. The same file again changes nothing.
 *
 * @throws UnreadableHistoryError where the header is another
 */
export async function takeHistory(
  { sql, journals }: { sql: Sql; journals: readonly Journal[] },
  content: Readable,
): Promise<TakenHistory> {
  const taken: TakenHistory = { rows: 0, kept: 0, views: 0, downloads: 0, skipped: {} }
  const kept = new Map<string, HistoricUsage>()
  let header: (Column | undefined)[] | undefined
  for await (const line of linesOf(content)) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const values = readCsvLine(line)
    if (!header) header = readHeader(values)
    else {
      taken.rows++
      const problem = addRow(kept, rowOf(header, values), journals)
      if (problem) taken.skipped[problem] = (taken.skipped[problem] ?? 0) + 1
    }
  }
  if (!header) throw new UnreadableHistoryError('The file is empty')
  await sql.begin((tx) => keepHistory(tx, [...kept.values()]))
  for (const { full, abstract, digest, pdf } of kept.values()) {
    taken.views += full + abstract + digest
    taken.downloads += pdf
  }
  return { ...taken, kept: kept.size }
}

function readHeader(values: readonly string[]): (Column | undefined)[] {
  const names = Object.entries(columns)
  const header = values.map((value) => {
    const name = value
      .trim()
      .toLowerCase()
      .replace(/^\uFEFF/, '')
    const found = names.find(([, known]) => known.some((each) => each === name))?.[0]
    return Object.keys(columns).find((column): column is Column => column === found)
  })
  const has = (column: Column) => header.includes(column)
  const complete = has('date') && (has('article') ? uses.some(has) : (has('page') || has('label')) && has('number'))
  if (complete) return header
  throw new UnreadableHistoryError(
    `The first line names ${values.join(', ')}. Expected are article,date,source,full,abstract,digest,pdf, or a page or event label, a date and a number of Google Analytics`,
  )
}

function rowOf(header: readonly (Column | undefined)[], values: readonly string[]): Row {
  return Object.fromEntries(header.flatMap((column, index) => (column ? [[column, values[index]?.trim() ?? '']] : [])))
}

/** Adds a row to what is kept; returns why it can't be. */
function addRow(kept: Map<string, HistoricUsage>, row: Row, journals: readonly Journal[]): string | undefined {
  const date = readDate(row.date ?? '')
  if (!date) return 'not a day or month'
  const counts = countsOf(row, date)
  if (typeof counts === 'string') return counts
  const article = readArticleId(counts.number, journals)
  if (article === undefined) return 'no article of this environment'
  const { source = 'ga' } = row
  const key = `${article} ${date} ${source}`
  const period = date.length === 7 ? 'month' : 'day'
  const usage = kept.get(key) ?? { article, period, date, source, full: 0, abstract: 0, digest: 0, pdf: 0 }
  for (const use of uses) usage[use] += counts[use]
  kept.set(key, usage)
  return undefined
}

type Counts = Record<(typeof uses)[number], number> & { number: string }

function countsOf(row: Row, date: string): Counts | string {
  const none = { full: 0, abstract: 0, digest: 0, pdf: 0 }
  if (row.article !== undefined) {
    const counts = uses.map((use) => [use, readNumber(row[use] ?? '0')] as const)
    if (counts.some(([, number]) => number === undefined)) return 'not a number'
    return { ...none, ...Object.fromEntries(counts), number: row.article }
  }
  const number = readNumber(row.number ?? '')
  if (number === undefined) return 'not a number'
  const downloaded = numberOfDownload(row.label ?? '')
  if (downloaded !== undefined) return { ...none, pdf: number, number: downloaded }
  const use = formerUse(row.page ?? '', date)
  if (!use) return row.page === '(other)' ? 'of the row "(other)": Google Analytics had too much data' : 'another page'
  const isDownload = /^(?:file_)?download$/i.test(row.event ?? '')
  return { ...none, [isDownload ? 'pdf' : use.use]: number, number: use.number }
}

/** `20160131`, `2016-01-31`, `201601`, `2016-01` */
function readDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?$/.exec(text) ?? []
  return year && [year, month, ...(day === undefined ? [] : [day])].join('-')
}

function readNumber(text: string): number | undefined {
  const digits = text.replaceAll(',', '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}
