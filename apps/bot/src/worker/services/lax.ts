import { readAnswer } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { RequestRefusedFailure } from './failures.ts'
import { callService, failureOf, readResult, type Contract, type ServiceAnswer } from './http.ts'
import { oddAnswer } from './odd-answer.ts'

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
  /** Returns the instant at which a version became public; undefined where it is not. */
  readonly publicationDate: (articleId: string, version: number, signal: AbortSignal) => Promise<string | undefined>
  /** Stores content. With `resupplied` it may replace that of a published version; readers see it when it is published again. */
  readonly ingest: (
    version: LaxVersion,
    content: { article: unknown; resupplied: boolean },
    signal: AbortSignal,
  ) => Promise<void>
  /**
   * Publishes this run of the version, or with `dryRun` only checks that it can be. Returns its date, an instant: now, or `date` where that is
   * given, unless the version is public already.
   * @throws {EmbargoedFailure} before that date
   */
  readonly publish: (
    version: LaxVersion,
    options: { resupplied: boolean; dryRun: boolean; date?: string | undefined },
    signal: AbortSignal,
  ) => Promise<string>
  /** Takes an article from readers; answers the number of its versions that were public. */
  readonly withdraw: (articleId: string, order: { who: string; why: string }, signal: AbortSignal) => Promise<number>
  /** Gives a withdrawn article back to readers; answers the versions that are public again. */
  readonly reinstate: (articleId: string, who: string, signal: AbortSignal) => Promise<readonly number[]>
  /** Returns the retraction that a public article has. */
  readonly retractionOf: (
    articleId: string,
    signal: AbortSignal,
  ) => Promise<{ readonly date: string; readonly notice?: string } | undefined>
}

const Written = Type.Object({ status: Type.String(), datetime: Type.String({ format: 'date-time' }) })
// An unknown article and a wrong address are told apart by the body.
const Versions = Type.Record(Type.String({ pattern: '^\\d+$' }), Type.Unknown(), {
  additionalProperties: false,
  minProperties: 1,
})
const Dated = Type.Object({ datetime_published: Type.String() })
const Refusal = Type.Object({
  message: Type.String(),
  code: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
})
const Changed = Type.Object({ versions: Type.Integer() })
const Retracted = Type.Object({
  retraction: Type.Optional(Type.Object({ date: Type.String(), notice: Type.Optional(Type.String()) })),
})
const Unknown = Type.Object({ title: Type.Literal('not found') })

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
    return readResult(Written, contract, answer, 'what it has done as JSON')
  }
  const change = async (method: 'PUT' | 'DELETE', articleId: string, json: unknown, signal: AbortSignal) => {
    const path = `api/v2/articles/${articleId}/withdrawal`
    const answer = await callService({ service, method, url: `${url}/${path}`, headers, json, signal })
    if (answer.status !== 200) throw failureOf(contract, answer)
    return readResult(Changed, contract, answer, 'what it has done as JSON')
  }
  const published = async (articleId: string, signal: AbortSignal): Promise<Static<typeof Versions>> => {
    const lookup = `${url}/api/v1/article/${articleId}/version/`
    const answer = await callService({ service, method: 'GET', url: lookup, signal })
    // Lax's own 404: another server's would make a published article begin again at version 1.
    if (answer.status === 404 && readAnswer(Unknown, answer)) return {}
    if (answer.status === 404) throw oddAnswer(service, answer, 'the versions of the article')
    if (answer.status !== 200) throw failureOf(contract, answer)
    return readResult(Versions, contract, answer, 'the versions of the article')
  }
  return {
    nextVersion: async (articleId, signal) =>
      Math.max(0, ...Object.keys(await published(articleId, signal)).map(Number)) + 1,
    publicationDate: async (articleId, version, signal) =>
      readDate(Object.entries(await published(articleId, signal)).find(([known]) => Number(known) === version)?.[1]),
    ingest: async (version, { article, resupplied }, signal) => {
      const flags = { force: resupplied, hold: resupplied }
      await call('PUT', version, flags, { article, run: version.run }, signal)
    },
    publish: async (version, { resupplied, dryRun, date }, signal) => {
      const flags = { force: resupplied, 'dry-run': dryRun }
      const json = { run: version.run, ...(date !== undefined && { date }) }
      return (await call('POST', version, flags, json, signal)).datetime
    },
    withdraw: async (articleId, order, signal) => (await change('PUT', articleId, order, signal)).versions,
    reinstate: async (articleId, who, signal) => {
      await change('DELETE', articleId, { who }, signal)
      return Object.keys(await published(articleId, signal)).map(Number)
    },
    retractionOf: async (articleId, signal) => {
      const answer = await callService({ service, method: 'GET', url: `${url}/api/v2/articles/${articleId}`, signal })
      if (answer.status !== 200) throw failureOf(contract, answer)
      return readResult(Retracted, contract, answer, 'the article as JSON').retraction
    },
  }
}

const service = 'lax'
const contract: Contract = { service, reasonOf: (answer) => readAnswer(Refusal, answer)?.message }

type Flags = Readonly<Record<string, boolean>>

function query(flags: Flags): string {
  const set = Object.keys(flags).filter((flag) => flags[flag])
  return set.length > 0 ? `?${set.map((flag) => `${flag}=true`).join('&')}` : ''
}

function readDate(version: unknown): string | undefined {
  return Value.Check(Dated, version) ? version.datetime_published : undefined
}

function refusalOf(answer: ServiceAnswer): Error {
  const failure = failureOf(contract, answer)
  const { code, until } = readAnswer(Refusal, answer) ?? {}
  return code === 'embargoed' && until !== undefined ? new EmbargoedFailure(failure.message, until) : failure
}
