import type { Implementation } from '@continuum/workflow-core'
import { startPostPublication } from '../../../activities/publication.ts'
import { followOn } from '../../run/follow-on.ts'
import { rememberDelivery } from '../../run/last-delivery.ts'
import { journalOf } from '../../run/journal-of.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Says "published" last, when the message that starts PostPerfectPublication is on the queue. */
export function implementStartPostPublication({
  journals,
  requestWorkflow,
  tellDashboard,
  s3,
  buckets,
}: Tools): Implementation {
  return implementStep(tellDashboard, startPostPublication, async ({ published, ...article }, { property, signal }) => {
    await rememberDelivery({ s3, buckets }, article, signal)
    await requestWorkflow(followOn(journalOf(journals, article.journal), article, published))
    property('publication-status', 'published')
    return { output: undefined, message: `Version ${article.version} is published.` }
  })
}
