import type { Implementation } from '@continuum/workflow-core'
import { importedDate } from '../../../activities/article-run.ts'
import { publishToLax } from '../../../activities/publication.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Publishes in lax, whose date is the article's. */
export function implementPublishToLax({ lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, publishToLax, async (article, { signal, property }) => {
    const { resupplied } = article
    const options = { resupplied, dryRun: false, date: importedDate(article) }
    const date = await lax.publish(article, options, signal)
    const published = Temporal.Instant.from(date).toString({ smallestUnit: 'second' })
    property('publication-date', published)
    return { output: { published }, message: `Version ${article.version} is public in lax, dated ${published}.` }
  })
}
