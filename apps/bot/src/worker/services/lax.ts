import { readAnswer } from '@continuum/service'
import { Type } from 'typebox'
import {
  callService,
  failureOf,
  readResult,
  RequestRefusedFailure,
  ServiceUnavailableFailure,
  type ServiceAnswer,
} from './http.ts'

/** One version of an article in lax, and the run that it comes from. */
export interface LaxVersion {
  readonly articleId: string
  readonly version: number
  readonly run: string
}

/** The article store. */
export interface Lax {
  /** Returns the version that a new delivery of this article becomes: the highest published one + 1. */
  readonly nextVersion: (articleId: string, signal: AbortSignal) => Promise<number>
  /** Stores content. With `resupplied` it may replace that of a published version; readers see it when it is published again. */
  readonly ingest: (
    version: LaxVersion,
    content: { article: unknown; resupplied: boolean },
    signal: AbortSignal,
  ) => Promise<void>
  /**
   * Publishes this run of the version, or with `dryRun` only checks that it can be. Returns its date, an instant.
   * @throws {EmbargoedFailure} before that date
   */
  readonly publish: (
    version: LaxVersion,
    options: { resupplied: boolean; dryRun: boolean },
    signal: AbortSignal,
  ) => Promise<string>
}

const Published = Type.Object({ datetime: Type.String() })
const Versions = Type.Record(Type.String({ pattern: '^\\d+$' }), Type.Unknown())
const Refusal = Type.Object({
  message: Type.String(),
  code: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
})

/** Thrown when the date of publication is still to come. */
export class EmbargoedFailure extends RequestRefusedFailure {
  readonly until: string

  constructor(message: string, until: string) {
    super(message)
    this.until = until
  }
}

/** Connects to the article store over HTTP. All calls are idempotent; refusals carry lax's own message. */
export function connectLax({ url, token }: { url: string; token: string }): Lax {
  const headers = { authorization: `Bearer ${token}` }
  const call = async (
    method: 'POST' | 'PUT',
    { articleId, version }: LaxVersion,
    flags: Flags,
    json: unknown,
    signal: AbortSignal,
  ) => {
    const path = `api/v2/articles/${articleId}/versions/${version}`
    const answer = await callService({ service, method, url: `${url}/${path}${query(flags)}`, headers, json, signal })
    if (answer.status !== 200) throw refusalOf(answer)
    return answer
  }
  return {
    nextVersion: async (articleId, signal) => {
      const answer = await callService({
        service,
        method: 'GET',
        url: `${url}/api/v1/article/${articleId}/version/`,
        signal,
      })
      if (answer.status === 404) return 1
      if (answer.status !== 200) throw new ServiceUnavailableFailure(failureOf(service, answer).message)
      const versions = Object.keys(readResult(Versions, service, answer)).map(Number)
      return Math.max(0, ...versions) + 1
    },
    ingest: async (version, { article, resupplied }, signal) => {
      const flags = { force: resupplied, hold: resupplied }
      await call('PUT', version, flags, { article, run: version.run }, signal)
    },
    publish: async (version, { resupplied, dryRun }, signal) => {
      const flags = { force: resupplied, 'dry-run': dryRun }
      return readResult(Published, service, await call('POST', version, flags, { run: version.run }, signal)).datetime
    },
  }
}

const service = 'lax'

type Flags = Readonly<Record<string, boolean>>

function query(flags: Flags): string {
  const set = Object.keys(flags).filter((flag) => flags[flag])
  return set.length > 0 ? `?${set.map((flag) => `${flag}=true`).join('&')}` : ''
}

function refusalOf(answer: ServiceAnswer): Error {
  const refusal = readAnswer(Refusal, answer)
  const failure = failureOf(service, answer, refusal?.message ?? answer.text)
  const { code, until } = refusal ?? {}
  return code === 'embargoed' && until !== undefined ? new EmbargoedFailure(failure.message, until) : failure
}
