import type { StarterMessage } from '@continuum/messages'
import type { Sql } from 'postgres'
import { judgeWithdrawal, type WithdrawalKind } from '../derive/rules/withdrawal.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertRequest } from '../store/requests.ts'
import type { Requester } from './request-publication.ts'

/**
 * Requests that an article is taken from readers, or given back. The request is stored with its author, reason and result;
 * the outbox sends it if accepted.
 */
export async function requestWithdrawal(
  sql: Sql,
  article: string,
  kind: WithdrawalKind,
  requester: Requester,
): Promise<void> {
  const { batch, by, why = '', holdSeconds, previewBaseUrl } = requester
  await applyChange(sql, article, async (transaction) => {
    const known = await loadArticle(transaction, article)
    const verdict = judgeWithdrawal(known?.article, known?.requests ?? [], kind)
    await insertRequest(transaction, {
      kind,
      article,
      version: verdict.allowed ? verdict.version : null,
      run: verdict.allowed ? verdict.run : null,
      result: verdict.allowed ? 'queued' : 'error',
      reason: verdict.allowed ? '' : verdict.reason,
      batch,
      by,
      why,
      forced: false,
      ...(verdict.allowed && {
        holdSeconds,
        message: withdrawalMessage(kind, {
          article_id: article,
          version: verdict.version,
          run: verdict.run,
          who: by,
          why,
        }),
      }),
    })
    await refreshArticle(transaction, article, previewBaseUrl)
  })
}

/** Creates the message that asks the bot to withdraw or reinstate an article. */
function withdrawalMessage(
  kind: WithdrawalKind,
  { why, ...data }: { article_id: string; version: number; run: string; who: string; why: string },
): StarterMessage {
  return kind === 'withdraw'
    ? { workflow_name: 'WithdrawArticle', workflow_data: { ...data, why } }
    : { workflow_name: 'ReinstateArticle', workflow_data: data }
}
