import { Deposit, type PublishedRun } from '@continuum/messages'
import { readAnswer } from '@continuum/service'
import { Type } from 'typebox'
import { callService, failureOf, readResult, type Contract } from './http.ts'

/** The deposits service. */
export interface Deposits {
  /** Plans the deposits of a publication, and answers them. Asked again, it answers what it planned before. */
  readonly plan: (run: PublishedRun, signal: AbortSignal) => Promise<readonly Deposit[]>
  /**
   * Tells recipients by their own rules that an article was withdrawn or retracted; without a notice, that it no longer is.
   * Answers the deposits that it planned; undefined where it knows no publication of the article.
   */
  readonly notify: (
    articleId: string,
    notice: ArticleNotice | undefined,
    signal: AbortSignal,
  ) => Promise<readonly Deposit[] | undefined>
}

/** A notice about an article, as recipients are told of it. */
export interface ArticleNotice {
  readonly kind: 'retraction' | 'withdrawal'
  readonly date: string
  /** The DOI of the notice. */
  readonly doi?: string
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
    notify: async (articleId, notice, signal) => {
      const answer = await callService({
        service,
        method: notice ? 'PUT' : 'DELETE',
        url: `${url}/api/articles/${articleId}/notice`,
        headers,
        json: notice,
        signal,
      })
      if (answer.status === 422) return undefined
      if (answer.status !== 200) throw failureOf(contract, answer)
      return readResult(Type.Array(Deposit), contract, answer, 'the deposits that it planned')
    },
  }
}
