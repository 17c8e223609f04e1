import { encodePublicationData } from '@continuum/messages'
import type { Implementation } from '@continuum/workflow-core'
import { markReadyToPublish } from '../../../activities/preparation.ts'
import { followOn } from '../../run/follow-on.ts'
import { rememberDelivery } from '../../run/last-delivery.ts'
import { journalOf } from '../../run/journal-of.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Gives the dashboard the message that it returns when an editor publishes the run. */
export function implementMarkReadyToPublish({ journals, tellDashboard, s3, buckets }: Tools): Implementation {
  return implementStep(tellDashboard, markReadyToPublish, async (article, { property, signal }) => {
    const now = Temporal.Now.instant().toString({ smallestUnit: 'second' })
    const next = followOn(journalOf(journals, article.journal), article, now)
    property('_publication-data', encodePublicationData(next))
    await rememberDelivery({ s3, buckets }, article, signal)
    property('publication-status', 'ready to publish')
    return { output: undefined, message: 'Ready to preview and publish.' }
  })
}
