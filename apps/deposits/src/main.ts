import { runService } from '@continuum/service'
import { DepositsSettings } from '@continuum/settings'
import { journalsOf, parseArticleId } from '@continuum/article'
import { runDeposits } from './service.ts'
import { connectRecipient } from './services/connect.ts'

await runService('deposits', DepositsSettings, (start) =>
  runDeposits(start, ({ settings }) => {
    const journals = journalsOf(settings.JOURNALS)
    const options = { live: settings.DEPOSITS_LIVE, credentials: settings.RECIPIENT_CREDENTIALS }
    return {
      build: async (_row, _publication, { title }) => ({ problems: [`documents for ${title} are not built yet`] }),
      connect: (recipient, { article }) =>
        connectRecipient(recipient, parseArticleId(article, journals)?.number ?? article, options),
    }
  }),
)
