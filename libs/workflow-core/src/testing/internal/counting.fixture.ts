import { Type } from 'typebox'
import { activity } from '../../declare/activity.ts'

/** The activities of the workflows in the tests of `decide`. */

const retry = { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '15s' } as const
export const count = activity({
  name: 'Count',
  version: '2',
  input: Type.Object({ words: Type.Array(Type.String()) }),
  output: Type.Object({ total: Type.Integer() }),
  taskList: 'counting',
  timeouts: { startToClose: '8m', heartbeat: '60s' },
  retry,
})
export const tidy = activity({
  name: 'Tidy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '1m' },
  retry,
})
const steps = { count, tidy }
export const declared = { name: 'Example', version: '1', input: Type.Void(), timeout: '7d', uses: steps } as const
export const signals = { approved: Type.Object({ by: Type.String() }) }
