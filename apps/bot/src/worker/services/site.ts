import { Type } from 'typebox'
import { readAnswer } from '@continuum/service'
import { callService, failureOf, readResult, type Contract } from './http.ts'

/** A site that shows articles, with the ingest contract that such sites share. */
export interface Site {
  /** Stores an EIF, unpublished; returns the path at which the site shows the article. */
  readonly post: (eif: unknown, run: string, signal: AbortSignal) => Promise<string>
  /** Makes a stored version public. */
  readonly publish: (articleVersionId: string, run: string, signal: AbortSignal) => Promise<void>
  /** Has the page of an article say why it is withdrawn. */
  readonly withdraw: (articleId: string, reason: string, signal: AbortSignal) => Promise<void>
  /** Makes a version public again that was withdrawn. */
  readonly reinstate: (articleVersionId: string, signal: AbortSignal) => Promise<void>
}

const Stored = Type.Object({ path: Type.String({ minLength: 1 }) })
const Withdrawal = Type.Object({ withdrawn: Type.Integer() })
const Publication = Type.Object({ publish: Type.Literal(true) })

/** Connects to the site over HTTP, with basic authentication. Both calls are idempotent. */
export function connectSite({ url, user, password }: { url: string; user: string; password: string }): Site {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const call = async (
    method: 'POST' | 'PUT',
    path: string,
    run: string | undefined,
    json: unknown,
    signal: AbortSignal,
  ) => {
    const headers = { authorization, ...(run !== undefined && { 'x-continuum-run': run }) }
    const answer = await callService({ service: contract.service, method, url: `${url}${path}`, headers, json, signal })
    if (answer.status !== 200) throw failureOf(contract, answer)
    return answer
  }
  return {
    post: async (eif, run, signal) => {
      const answer = await call('POST', '/api/article.json', run, eif, signal)
      return readResult(Stored, contract, answer, 'the path of the article as JSON').path
    },
    publish: async (articleVersionId, run, signal) => {
      const answer = await call('PUT', `/api/publish/${articleVersionId}.json`, run, { publish: true }, signal)
      readResult(Publication, contract, answer, '{"publish": true}')
    },
    withdraw: async (articleId, reason, signal) => {
      const answer = await call('PUT', `/api/withdraw/${articleId}`, undefined, { reason }, signal)
      readResult(Withdrawal, contract, answer, 'the number of versions as JSON')
    },
    reinstate: async (articleVersionId, signal) => {
      const answer = await call('PUT', `/api/publish/${articleVersionId}.json`, undefined, { publish: true }, signal)
      readResult(Publication, contract, answer, '{"publish": true}')
    },
  }
}

/** A refusal names the fields that are wrong. */
const Refusal = Type.Array(Type.Object({ message: Type.String() }), { minItems: 1 })

const contract: Contract = {
  service: 'the site',
  reasonOf: (answer) => (readAnswer(Refusal, answer) ? answer.text : undefined),
}
