import type { Journal } from '@continuum/article'
import { isRobot, useOfPath, type AddressedUse, type UsageHit } from '@continuum/usage'
import { useOfPage, type ArticleVersions, type Catalogue } from '../catalogue/catalogue.ts'
import type { LogLine } from './cloudfront-line.ts'

/** The reasons why a line is not counted, in the words of the command line. */
export const skipReasons = [
  'not an article, or a part of one that counts',
  'not answered with 200 or 304',
  'not GET',
  'a robot',
  'an unknown article, or one that is not published',
  'of a day that is closed',
  'counted before',
  'not readable',
  'of another day',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** A hit whose reader is not named yet. */
export type UnnamedHit = Omit<UsageHit, 'user' | 'userBefore'>

/**
 * Decides which lines count. Rule: COUNTER Code of Practice 5.1, section 7.1: only successful requests, 200 and 304.
 *
 * @returns for each line its hit, or why it has none
 * @throws CatalogueError when the article store is needed and unavailable
 */
export async function judgeLines(
  lines: readonly LogLine[],
  { catalogue, journals }: { catalogue: Pick<Catalogue, 'find'>; journals: readonly Journal[] },
): Promise<(UnnamedHit | SkipReason)[]> {
  const seen = lines.map((line) => useOfLine(line, journals))
  const named = new Set(seen.flatMap((use) => (typeof use === 'string' ? [] : [use.article])))
  const articles = await findAll(named, catalogue)
  return lines.map((line, index) => {
    const use = seen[index] ?? 'not readable'
    if (typeof use === 'string') return use
    const article = articles.get(use.article)
    const kind = article && (use.use === 'page' ? useOfPage(article, use.version) : use.use)
    if (!kind) return 'an unknown article, or one that is not published'
    const link = `${line.host}${line.path}`.slice(0, 500)
    return { id: line.id, at: line.at.toString(), article: use.article, use: kind, link }
  })
}

function useOfLine(
  { path, status, method, userAgent }: LogLine,
  journals: readonly Journal[],
): AddressedUse | SkipReason {
  const use = useOfPath(path, journals)
  if (!use) return 'not an article, or a part of one that counts'
  if (status !== '200' && status !== '304') return 'not answered with 200 or 304'
  if (method !== 'GET') return 'not GET'
  return isRobot(userAgent) ? 'a robot' : use
}

/** Articles that are asked for at the same time. */
const concurrency = 8

async function findAll(
  ids: Iterable<string>,
  { find }: Pick<Catalogue, 'find'>,
): Promise<Map<string, ArticleVersions | undefined>> {
  const found = new Map<string, ArticleVersions | undefined>()
  const left = ids[Symbol.iterator]()
  const worker = async () => {
    for (let next = left.next(); !next.done; next = left.next()) found.set(next.value, await find(next.value))
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return found
}
