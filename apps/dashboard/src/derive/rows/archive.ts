import { isoOf } from '../history/instant.ts'
import type { Article, ArticleRequest, KnownRun } from '../history/model.ts'
import { dismissalOf, runStateOf } from '../rules/run-state.ts'
import type { VersionRun } from '../history/article.ts'

/** The section of the archive that shows a run. */
export type ArchiveSection = 'published' | 'dismissed'

/** A run of the archive, with the time since which it is there. */
export interface ArchivedRun extends VersionRun {
  readonly run: KnownRun
  readonly section: ArchiveSection
  readonly since: string
}

/** The way in which a run was published: by a person, by the clock, or by a rule of the journal. */
export type PublishedVia = 'person' | 'clock' | 'rule'

/** Returns the runs of an article that were published, and those that people have dismissed or hidden. */
export function archivedRuns(article: Article, requests: readonly ArticleRequest[]): ArchivedRun[] {
  return article.versions.flatMap((version) =>
    version.runs.flatMap((run): ArchivedRun[] => {
      const state = runStateOf(run, requests)
      const sent = isoOf(run.status?.sent ?? run.latestSent)
      if (run.status?.value === 'published') return [{ version, run, section: 'published', since: sent }]
      if (state === 'hidden') return [{ version, run, section: 'dismissed', since: sent }]
      const dismissal = dismissalOf(run, requests)
      return dismissal ? [{ version, run, section: 'dismissed', since: isoOf(dismissal.at) }] : []
    }),
  )
}

/** The end of the name under which a schedule requests a publication. */
const bySchedule = ' (scheduled)'

/** Returns how a published run was published; undefined for one that is not. */
export function publishedVia(run: KnownRun, requests: readonly ArticleRequest[]): PublishedVia | undefined {
  if (run.status?.value !== 'published') return undefined
  const sent = run.status.sent
  const request = requests.findLast(
    ({ kind, run: of, result, at }) => kind === 'publish' && of === run.id && result === 'queued' && at <= sent,
  )
  if (!request) return 'rule'
  return request.by.endsWith(bySchedule) ? 'clock' : 'person'
}
