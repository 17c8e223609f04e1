import { articleVersionId } from '@continuum/article'
import type { Implementation } from '@continuum/workflow-core'
import { publishOnSite } from '../../../activities/publication.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'
import { unlessBusy } from '../../step/unless-busy.ts'

/** Publishes on the site what `postEif` has stored there. */
export function implementPublishOnSite({ site, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, publishOnSite, async ({ articleId, version, run, busyBefore }, { signal }) =>
    unlessBusy(busyBefore, async () => {
      await site.publish(articleVersionId(articleId, version), run, signal)
      return { output: undefined, message: `Version ${version} is public on the site.` }
    }),
  )
}
