import { Type } from 'typebox'
import { Run } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Takes an article from readers: its page says why, and the article store, the search and the CDN no longer have it. */
export const withdrawArticle = step({
  name: 'WithdrawArticle',
  version: '1',
  event: 'Withdraw Article',
  input: Type.Object({ ...Run.properties, who: Type.String(), why: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Gives a withdrawn article back to readers as it was. */
export const reinstateArticle = step({
  name: 'ReinstateArticle',
  version: '1',
  event: 'Reinstate Article',
  input: Type.Object({ ...Run.properties, who: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry: serviceRetry,
})
