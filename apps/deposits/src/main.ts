import { journalsOf, parseArticleId } from '@continuum/article'
import { runService } from '@continuum/service'
import { DepositsSettings } from '@continuum/settings'
import { runDeposits } from './service.ts'
import { connectRecipient } from './services/connect.ts'

await runService('deposits', DepositsSettings, (start) => {
  const { JOURNALS, DEPOSITS_LIVE: live, RECIPIENT_CREDENTIALS: credentials } = start.settings
  const journals = journalsOf(JOURNALS)
  return runDeposits(start, (recipient, { article }) =>
    connectRecipient(recipient, parseArticleId(article, journals)?.number ?? article, { live, credentials }),
  )
})
