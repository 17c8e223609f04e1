import { Type } from 'typebox'
import { activity } from '../../declare/activity.ts'

/** What the workflows that the tests of `decide` write have to do with. */

const retry = { attempts: 3, first: '10s', factor: 2, longest: '15s' } as const
export const count = activity({
  name: 'Count',
  version: '2',
  input: Type.Object({ words: Type.Array(Type.String()) }),
  output: Type.Object({ total: Type.Integer() }),
  taskList: 'counting',
  timeouts: { run: '8m', heartbeat: '60s' },
  retry,
})
export const tidy = activity({
  name: 'Tidy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { run: '1m' },
  retry,
})
const steps = { count, tidy }
export const declared = { name: 'Example', version: '1', input: Type.Void(), timeout: '7d', uses: steps } as const
export const signals = { approved: Type.Object({ by: Type.String() }) }
