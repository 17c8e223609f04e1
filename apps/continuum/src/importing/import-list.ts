import { parsePackageName, UnknownPackageName, type ArticleStatus, type Journal } from '@continuum/article'
import { CsvError, parse } from 'csv-parse/sync'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { UserError } from '../errors/user-error.ts'

/** A version that was published elsewhere before. */
export interface ImportedVersion {
  /** The name of its package, as the list says it. */
  readonly package: string
  readonly journal: Journal
  readonly articleId: string
  readonly status: ArticleStatus
  readonly version: number
  /** UTC instant, in whole seconds. */
  readonly published: string
}

/** A line of the list that names no version, and why. */
export interface RefusedLine {
  readonly package: string
  readonly reason: string
}

/** A list in its order, each article's versions rising. */
export interface ImportList {
  readonly articles: readonly (readonly ImportedVersion[])[]
  readonly refused: readonly RefusedLine[]
}

const Line = Type.Object({
  package: Type.String({ minLength: 1 }),
  version: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^[1-9]\\d*$' })]),
  published: Type.String({ minLength: 1 }),
})

/**
 * Reads a list of packages with their versions and dates: CSV with the headings `package`, `version` and `published`, or a JSON array of objects
 * with these keys. A line that cannot be taken is told with its reason; the others are taken all the same.
 *
 * @throws UserError where it is no such list
 */
export function readImportList(text: string, journals: readonly Journal[]): ImportList {
  const refused: RefusedLine[] = []
  const versions = new Map<string, ImportedVersion>()
  for (const line of linesOf(text)) {
    try {
      const version = readLine(line, journals)
      const key = `${version.articleId} v${version.version}`
      if (versions.has(key)) throw new LineError(`version ${version.version} of ${version.articleId} is listed twice`)
      versions.set(key, version)
    } catch (error) {
      if (!(error instanceof LineError) && !(error instanceof UnknownPackageName)) throw error
      const named = Object(line).package
      refused.push({ package: typeof named === 'string' ? named : JSON.stringify(line), reason: error.message })
    }
  }
  const articles = [...Map.groupBy(versions.values(), ({ articleId }) => articleId).values()]
  return { articles: articles.map((each) => each.toSorted((a, b) => a.version - b.version)), refused }
}

/** Thrown for a line of the list that cannot be taken. */
class LineError extends Error {
  override readonly name = 'LineError'
}

function readLine(line: unknown, journals: readonly Journal[]): ImportedVersion {
  if (!Value.Check(Line, line))
    throw new LineError('a line needs package, version (1, 2, 3...) and published (a day or an instant)')
  const { journal, articleId, status, version: named } = parsePackageName(line.package, journals)
  const version = Number(line.version)
  if (status === undefined)
    throw new LineError('its name does not say poa or vor: rename it, such as elife-00353-vor.zip')
  if (named !== undefined && named !== version)
    throw new LineError(`its name says version ${named}, and the list says ${version}`)
  return { package: line.package, journal, articleId, status, version, published: instantOf(line.published) }
}

function instantOf(text: string): string {
  try {
    const day = /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()}T00:00:00Z` : text.trim()
    const instant = Temporal.Instant.from(day)
    if (Temporal.Instant.compare(instant, Temporal.Now.instant()) > 0)
      throw new LineError(`${text} is still to come: deliver it, and schedule its publication`)
    return instant.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new LineError(`${text} is no day or instant, such as 2012-12-13 or 2012-12-13T09:30:00Z`)
  }
}

function linesOf(text: string): unknown[] {
  if (!text.trimStart().startsWith('[')) return csvLines(text)
  try {
    const lines: unknown = JSON.parse(text)
    return Array.isArray(lines) ? lines : []
  } catch (error) {
    throw new UserError(`The list is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function csvLines(text: string): unknown[] {
  try {
    const lines: Record<string, string>[] = parse(text, { bom: true, columns: true, skipEmptyLines: true, trim: true })
    const [first] = lines
    if (first && !['package', 'version', 'published'].every((heading) => heading in first))
      throw new UserError('The list needs a first line of headings: package,version,published')
    return lines
  } catch (error) {
    if (error instanceof CsvError) throw new UserError(`The list is no CSV: ${error.message}`)
    throw error
  }
}
