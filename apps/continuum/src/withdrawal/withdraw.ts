import { setTimeout } from 'node:timers/promises'
import { Type } from 'typebox'
import type { DashboardOptions } from '../dashboard/dashboard-address.ts'
import { dashboardApi } from '../dashboard/dashboard-api.ts'
import { UserError } from '../errors/user-error.ts'

/** An order to take an article from readers, or to give it back. */
export type WithdrawalOrder =
  | { readonly order: 'withdraw'; readonly id: string; readonly who: string; readonly why: string }
  | { readonly order: 'reinstate'; readonly id: string; readonly who: string }

const Ordered = Type.Object({ result: Type.String(), message: Type.String() })
const State = Type.Object({ pending: Type.Boolean(), done: Type.String(), problem: Type.String() })

const maxSeconds = 120

/**
 * Has the dashboard withdraw an article or give it back, as its button does, and waits for the outcome: the pipeline takes
 * the page, the API, the search and the files from readers, and tells recipients.
 *
 * @returns what was done, in words
 * @throws UserError where it is refused or fails
 */
export async function orderWithdrawal(options: DashboardOptions, order: WithdrawalOrder): Promise<string> {
  const dashboard = await dashboardApi(options)
  const { result, message } = await dashboard.post('/api/withdrawal', order, Ordered)
  if (result === 'error') throw new UserError(message)
  for (let second = 0; second < maxSeconds; second++) {
    const { pending, done, problem } = await dashboard.get(`/api/withdrawal/${encodeURIComponent(order.id)}`, State)
    if (problem !== '') throw new UserError(problem)
    if (!pending) return done
    await setTimeout(1000)
  }
  return 'It is under way still; the article’s page on the dashboard shows what becomes of it.'
}
