import { ReinstatementData, WithdrawalData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { decisionPriorities } from '../../activities/priority.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { reinstateArticle as reinstate, withdrawArticle as withdraw } from '../../activities/withdrawal.ts'
import { withFailureReport } from './report-failures.ts'

const withdrawal = { withdraw, reportFailure }
const reinstatement = { reinstate, reportFailure }

/** Takes an article from readers, as a person has asked on the dashboard. No delivery or publication of it runs meanwhile. */
export const withdrawArticle = workflow(
  {
    name: 'WithdrawArticle',
    version: '1',
    input: WithdrawalData,
    output: Type.Void(),
    timeout: '1d',
    priority: decisionPriorities.request,
    uses: withdrawal,
  },
  (ctx, { article_id: articleId, version, run, who, why }) => {
    const subject = { articleId, version: Number(version), run }
    const advice = 'Once the cause is fixed, withdraw it again: what is done already is not done twice.'
    return withFailureReport(
      withdrawal,
      (failed) => ctx.reportFailure({ ...subject, ...failed, publishing: false, advice }),
      () => ctx.withdraw({ ...subject, who, why }),
    )
  },
)

/** Gives a withdrawn article back to readers. */
export const reinstateArticle = workflow(
  {
    name: 'ReinstateArticle',
    version: '1',
    input: ReinstatementData,
    output: Type.Void(),
    timeout: '1d',
    priority: decisionPriorities.request,
    uses: reinstatement,
  },
  (ctx, { article_id: articleId, version, run, who }) => {
    const subject = { articleId, version: Number(version), run }
    const advice = 'Once the cause is fixed, reinstate it again: what is done already is not done twice.'
    return withFailureReport(
      reinstatement,
      (failed) => ctx.reportFailure({ ...subject, ...failed, publishing: false, advice }),
      () => ctx.reinstate({ ...subject, who }),
    )
  },
)
