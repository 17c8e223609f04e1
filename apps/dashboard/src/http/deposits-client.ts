import { DepositDetails, Deposits, Recipients } from '@continuum/messages'
import { NoAnswerError, readAnswer, request, type HttpAnswer } from '@continuum/service'
import { Type, type TSchema, type Static } from 'typebox'

/** Thrown when the deposits service does not answer, or not as it should. A later request may succeed. */
export class DepositsUnavailableError extends Error {
  override readonly name = 'DepositsUnavailableError'
}

/** An act of a person on deposits. */
export interface DepositsAct {
  readonly ids: readonly string[]
  readonly act: 'again' | 'done' | 'refused' | 'cancel'
  readonly by: string
  readonly why?: string
}

/** The outcome of an act on one deposit. */
export type ActOutcome = Static<typeof ActOutcome>
const ActOutcome = Type.Object({ id: Type.String(), done: Type.Boolean(), problem: Type.Optional(Type.String()) })

/** The deposits service. Each function throws `DepositsUnavailableError` where it does not answer. */
export interface DepositsClient {
  readonly recipients: () => Promise<Recipients>
  /** Lists deposits, the newest first; waits for the answer ten seconds, or as long as is said. */
  readonly list: (filter: Readonly<Record<string, string>>, timeout?: number) => Promise<Deposits>
  readonly get: (id: string) => Promise<DepositDetails | undefined>
  /** Reads what was sent, as text, up to its first 512 KB. */
  readonly document: (id: string) => Promise<{ mediaType: string; text: string } | undefined>
  readonly act: (act: DepositsAct) => Promise<readonly ActOutcome[]>
  readonly pause: (recipient: string, by: string, why: string) => Promise<void>
  readonly resume: (recipient: string, by: string) => Promise<void>
}

const timeoutMilliseconds = 10_000
const maxShown = 512 * 1024

/** Connects to the deposits service over HTTP. */
export function connectDeposits({ url, token }: { url: string; token: string }): DepositsClient {
  const call = async (
    path: string,
    { timeout = timeoutMilliseconds, ...send }: { method?: 'POST' | 'PUT'; json?: unknown; timeout?: number } = {},
  ): Promise<HttpAnswer> => {
    const headers = { authorization: `Bearer ${token}` }
    try {
      const answer = await request({
        service: 'the deposits service',
        url: `${url}/api${path}`,
        headers,
        timeoutMilliseconds: timeout,
        ...send,
      })
      if (answer.status < 400 || answer.status === 404) return answer
      throw new DepositsUnavailableError(`The deposits service answered ${answer.status}: ${answer.text.slice(0, 300)}`)
    } catch (error) {
      throw error instanceof NoAnswerError ? new DepositsUnavailableError(error.message, { cause: error }) : error
    }
  }
  const read = <Schema extends TSchema>(schema: Schema, answer: HttpAnswer): Static<Schema> => {
    const value = readAnswer(schema, answer)
    if (value === undefined) throw new DepositsUnavailableError('The deposits service sent an unexpected answer.')
    return value
  }
  return {
    recipients: async () => read(Recipients, await call('/recipients')),
    list: async (filter, timeout = timeoutMilliseconds) =>
      read(Deposits, await call(`/deposits?${new URLSearchParams(filter).toString()}`, { timeout })),
    get: async (id) => {
      const answer = await call(`/deposits/${encodeURIComponent(id)}`)
      return answer.status === 404 ? undefined : read(DepositDetails, answer)
    },
    document: async (id) => {
      const answer = await call(`/deposits/${encodeURIComponent(id)}/document`)
      if (answer.status === 404) return undefined
      return { mediaType: answer.headers.get('content-type') ?? '', text: answer.text.slice(0, maxShown) }
    },
    act: async (json) => read(Type.Array(ActOutcome), await call('/deposits/act', { method: 'POST', json })),
    pause: async (recipient, by, why) =>
      void (await call(`/recipients/${encodeURIComponent(recipient)}/pause`, { method: 'PUT', json: { by, why } })),
    resume: async (recipient, by) =>
      void (await call(`/recipients/${encodeURIComponent(recipient)}/resume`, { method: 'POST', json: { by } })),
  }
}
