import type { Journal } from '@continuum/article'
import { isRobot, useOfPath, type UsageHit } from '@continuum/usage'
import { useOfPage, type Catalogue } from '../catalogue/catalogue.ts'
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
 * Decides if a line counts. Rule: COUNTER Code of Practice 5.1, section 7.1: only successful requests, 200 and 304.
 *
 * @throws CatalogueError when the article store is needed and unavailable
 */
export async function judgeLine(
  line: LogLine,
  { catalogue, journals }: { catalogue: Pick<Catalogue, 'find'>; journals: readonly Journal[] },
): Promise<UnnamedHit | SkipReason> {
  const { id, at, method, path, host, status, userAgent } = line
  const use = useOfPath(path, journals)
  if (!use) return 'not an article, or a part of one that counts'
  if (status !== '200' && status !== '304') return 'not answered with 200 or 304'
  if (method !== 'GET') return 'not GET'
  if (isRobot(userAgent)) return 'a robot'
  const article = await catalogue.find(use.article)
  const kind = article && (use.use === 'page' ? useOfPage(article, use.version) : use.use)
  if (!kind) return 'an unknown article, or one that is not published'
  return { id, at: at.toString(), article: use.article, use: kind, link: `${host}${path}`.slice(0, 500) }
}
