import type { ApprovalData, EmbargoData } from '@continuum/messages'
import type { Implementation } from '@continuum/workflow-core'
import { holdPublication, resumeApproval } from '../../../activities/publication.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Has the approval wait in an execution of its own; nobody is waiting for its outcome then. */
export function implementHoldPublication({ requestWorkflow, tellDashboard }: Tools): Implementation {
  return implementStep(
    tellDashboard,
    holdPublication,
    async ({ embargo, articleId, version, run, publicationData }) => {
      const approval: ApprovalData = {
        article_id: articleId,
        version: String(version),
        run,
        publication_data: publicationData,
      }
      const data: EmbargoData = { approval, until: embargo.until, seconds: embargo.seconds }
      await requestWorkflow({ workflow_name: 'HoldForEmbargo', workflow_data: data })
      return { output: undefined, message: `Approved; it waits for its date of publication, ${embargo.until}.` }
    },
  )
}

/** Requests the publication that has waited for its date. */
export function implementResumeApproval({ requestWorkflow, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, resumeApproval, async ({ approval }) => {
    await requestWorkflow({ workflow_name: 'ApproveArticlePublication', workflow_data: approval })
    return { output: undefined, message: 'Its date of publication has come: publication requested.' }
  })
}
