import type { Implementation } from '@continuum/workflow-core'
import { publishToLax } from '../../../activities/publication.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Publishes in lax, whose date is the article's. */
export function implementPublishToLax({ lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, publishToLax, async (article, { signal, property }) => {
    const date = await lax.publish(article, { resupplied: article.resupplied, dryRun: false }, signal)
    const published = Temporal.Instant.from(date).toString({ smallestUnit: 'second' })
    property('publication-date', published)
    return { output: { published }, message: `Version ${article.version} is public in lax, dated ${published}.` }
  })
}
