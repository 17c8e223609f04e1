import { articleVersionId } from '@continuum/article'
import type { Implementation } from '@continuum/workflow-core'
import { approvePublication } from '../activities/approve-publication.ts'
import { implementStep } from './implement-step.ts'
import type { Tools } from './tools.ts'
import { unlessBusy } from './unless-busy.ts'

export function implementApprovePublication({ site, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, approvePublication, async ({ articleId, version, run, busyBefore }, { signal }) =>
    unlessBusy(busyBefore, async () => {
      await site.publish(articleVersionId(articleId, version), run, signal)
      return { output: undefined, message: `Version ${version} is public on the site.` }
    }),
  )
}
