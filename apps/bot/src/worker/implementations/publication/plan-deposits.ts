import { classifyFile } from '@continuum/article'
import type { Deposit } from '@continuum/messages'
import { count } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { planDeposits } from '../../../activities/publication.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Tells the deposits service what was published, with all that it needs to decide and to build its documents. */
export function implementPlanDeposits({ s3, buckets, journals, deposits, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, planDeposits, async ({ folder, published }, { signal }) => {
    const { article, files } = await readManifest(s3, buckets.expanded, folder, signal)
    const { articleId, version, run, journal, status, resupplied } = article
    if (article.imported && !article.imported.deposits)
      return { output: undefined, message: 'It was published elsewhere before it was imported: nobody is told of it.' }
    const its = journalOf(journals, journal)
    const planned = await deposits.plan(
      {
        articleId,
        version,
        run,
        journal,
        status,
        folder,
        published,
        resupplied,
        files: files.map(({ name, bytes, kind = classifyFile(name, its, articleId) }) => ({ name, bytes, kind })),
      },
      signal,
    )
    return { output: undefined, message: summaryOf(planned) }
  })
}

function summaryOf(planned: readonly Deposit[]): string {
  if (planned.length === 0) return 'This environment has no recipients.'
  const sent = planned.filter(({ state }) => state !== 'not-for-this-recipient')
  const recipients = [...new Set(sent.map(({ recipient }) => recipient))]
  const none = new Set(planned.map(({ recipient }) => recipient)).size - recipients.length
  const others = none > 0 ? ` It is not for ${count(none, 'other')}.` : ''
  return recipients.length === 0
    ? `It is for none of ${count(none, 'recipient')}.`
    : `${count(sent.length, 'deposit')} planned: ${recipients.join(', ')}.${others}`
}
