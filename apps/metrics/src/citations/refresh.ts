import type { Logger, Sql } from '@continuum/service'
import type { Journal } from '@continuum/article'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { CitationSource } from './source.ts'
import { keepCounts, noteAttempt, noteResult, sourceStates } from './citation-store.ts'

const refreshHours = 24
const retryHours = 1

/**
 * Asks every source whose numbers are a day old, or that failed an hour ago, for the citations of all published articles.
 * A source that fails keeps its last numbers and their age; the others go on.
 *
 * @param options.force asks all sources, whatever their age
 */
export async function refreshCitations(options: {
  sql: Sql
  sources: readonly CitationSource[]
  catalogue: Pick<Catalogue, 'list'>
  journals: readonly Journal[]
  now: () => Temporal.Instant
  logger: Logger
  signal: AbortSignal
  force?: boolean
}): Promise<void> {
  const { sql, sources, catalogue, journals, now, logger, signal, force = false } = options
  const states = new Map((await sourceStates(sql)).map((state) => [state.service, state]))
  const due = sources.filter(({ service }) => {
    const state = states.get(service)
    const hours = state?.problem === null ? refreshHours : retryHours
    return force || !state || now().since(state.attempted).total('hours') >= hours
  })
  if (due.length === 0) return
  const articles = new Map((await catalogue.list()).map(({ id, doi }) => [doi.toLowerCase(), id]))
  const registrants = [...new Set(journals.map(({ doiPrefix }) => doiPrefix.split('/', 1)[0] ?? ''))]
  for (const source of due) {
    if (signal.aborted) return
    await noteAttempt(sql, source.service, now())
    try {
      let numbers = 0
      for await (const counts of source.counts({ dois: [...articles.keys()], registrants }, signal)) {
        const known = counts.flatMap((count) => {
          // A version has a DOI of its own: the article's, a dot and the number.
          const article = articles.get(count.doi) ?? articles.get(count.doi.replace(/\.\d+$/, ''))
          return article === undefined ? [] : [{ ...count, article }]
        })
        await keepCounts(sql, source.service, known, now())
        numbers += known.length
      }
      await noteResult(sql, source.service, now())
      logger.info({ service: source.service, numbers }, 'citations counted')
    } catch (error) {
      if (signal.aborted) return
      await noteResult(sql, source.service, now(), error instanceof Error ? error.message : String(error))
      logger.warn({ err: error, service: source.service }, 'citations not counted; the last numbers stay')
    }
  }
}
