import { runService } from '@continuum/service'
import { DepositsSettings } from '@continuum/settings'
import { runDeposits } from './service.ts'

await runService('deposits', DepositsSettings, (start) =>
  runDeposits(start, () => ({
    build: async (_row, _publication, { title }) => ({ problems: [`documents for ${title} are not built yet`] }),
    connect: ({ title }) => {
      throw new Error(`there is no client of ${title} yet`)
    },
  })),
)
