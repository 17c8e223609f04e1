import { Deposit, type PublishedRun } from '@continuum/messages'
import { readAnswer } from '@continuum/service'
import { Type } from 'typebox'
import { callService, failureOf, readResult, type Contract } from './http.ts'

/** The deposits service. */
export interface Deposits {
  /** Plans the deposits of a publication, and answers them. Asked again, it answers what it planned before. */
  readonly plan: (run: PublishedRun, signal: AbortSignal) => Promise<readonly Deposit[]>
}

const Problem = Type.Object({ detail: Type.String() })
const service = 'the deposits service'
const contract: Contract = { service, reasonOf: (answer) => readAnswer(Problem, answer)?.detail }

/** Connects to the deposits service over HTTP. */
export function connectDeposits({ url, token }: { url: string; token: string }): Deposits {
  const headers = { authorization: `Bearer ${token}` }
  return {
    plan: async (json, signal) => {
      const answer = await callService({
        service,
        method: 'POST',
        url: `${url}/api/publications`,
        headers,
        json,
        signal,
      })
      if (answer.status !== 200) throw failureOf(contract, answer)
      return readResult(Type.Array(Deposit), contract, answer, 'the deposits that it planned')
    },
  }
}
