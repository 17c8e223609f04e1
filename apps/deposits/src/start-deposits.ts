import { journalsOf, parseArticleId } from '@continuum/article'
import type { Start } from '@continuum/service'
import type { DepositsSettings } from '@continuum/settings'
import { runDeposits } from './run-deposits.ts'
import { connectRecipient } from './services/connect.ts'

/** Starts the deposits with the clients of the real recipients. */
export function startDeposits(start: Start<DepositsSettings>): Promise<{ url: string }> {
  const { JOURNALS, DEPOSITS_LIVE: live, RECIPIENT_CREDENTIALS: credentials } = start.settings
  const journals = journalsOf(JOURNALS)
  return runDeposits(start, (recipient, { article }) =>
    connectRecipient(recipient, parseArticleId(article, journals)?.number ?? article, { live, credentials }),
  )
}
