import { setTimeout } from 'node:timers/promises'
import { readAnswer, request, type HttpAnswer } from '@continuum/service'
import { Type, type Static, type TSchema } from 'typebox'
import { callerOf } from '../dashboard/caller.ts'
import { dashboardAddress, type DashboardOptions } from '../dashboard/dashboard-address.ts'
import { UserError } from '../errors/user-error.ts'

/** An order to take an article from readers, or to give it back. */
export type WithdrawalOrder =
  | { readonly order: 'withdraw'; readonly id: string; readonly who: string; readonly why: string }
  | { readonly order: 'reinstate'; readonly id: string; readonly who: string }

const Ordered = Type.Object({ result: Type.String(), message: Type.String() })
const State = Type.Object({ pending: Type.Boolean(), done: Type.String(), problem: Type.String() })
const Refusal = Type.Object({ message: Type.String(), detail: Type.String() })

const timeoutMilliseconds = 30_000
const secondsBetween = 1
const maxSeconds = 120

/**
 * Has the dashboard withdraw an article or give it back, as its button does, and waits for the outcome: the pipeline takes
 * the page, the API, the search and the files from readers, and tells recipients.
 *
 * @returns what was done, in words
 * @throws UserError where it is refused or fails
 */
export async function orderWithdrawal(options: DashboardOptions, order: WithdrawalOrder): Promise<string> {
  const { environment, url, secret } = await dashboardAddress(options)
  const headers = {
    authorization: `Bearer ${await secret('dashboard-token')}`,
    'x-continuum-user': await callerOf(environment),
  }
  const call = async <Schema extends TSchema>(schema: Schema, path: string, json?: object): Promise<Static<Schema>> => {
    const method = json ? 'POST' : 'GET'
    const call = {
      service: 'the dashboard',
      url: `${url}/api${path}`,
      method,
      headers,
      json,
      timeoutMilliseconds,
    } as const
    return read(schema, await request(call))
  }
  const { result, message } = await call(Ordered, '/withdrawal', order)
  if (result === 'error') throw new UserError(message)
  for (let waited = 0; waited < maxSeconds; waited += secondsBetween) {
    const { pending, done, problem } = await call(State, `/withdrawal/${encodeURIComponent(order.id)}`)
    if (problem !== '') throw new UserError(problem)
    if (!pending) return done
    await setTimeout(secondsBetween * 1000)
  }
  return 'It is under way still; the article’s page on the dashboard shows what becomes of it.'
}

function read<Schema extends TSchema>(schema: Schema, answer: HttpAnswer): Static<Schema> {
  const value = answer.status === 200 ? readAnswer(schema, answer) : undefined
  if (value !== undefined) return value
  const { message, detail } = readAnswer(Refusal, answer) ?? {}
  throw new UserError(`The dashboard answered ${answer.status}: ${[message, detail].filter(Boolean).join('. ')}`)
}
