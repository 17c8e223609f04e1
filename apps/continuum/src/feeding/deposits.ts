import {
  Deposits,
  Recipients,
  Suppressions,
  type Deposit,
  type DepositState,
  type ListedAuthors,
} from '@continuum/messages'
import { readAnswer, request, type HttpAnswer } from '@continuum/service'
import { UserError } from '../errors/user-error.ts'
import { Type, type TSchema, type Static } from 'typebox'

/** The deposits service of an environment, as far as its operator asks it. */
export interface DepositsClient {
  readonly list: (filter: Readonly<Record<string, string>>) => Promise<Deposits>
  readonly recipients: () => Promise<Recipients>
  /** Reads the document of a deposit, byte for byte; undefined where there is none. A package is no text. */
  readonly document: (id: string) => Promise<Buffer | undefined>
  readonly suppressions: () => Promise<Suppressions>
  readonly suppress: (address: string, by: string, why: string) => Promise<void>
  /** Keeps a list of authors; returns the articles in it. */
  readonly listAuthors: (by: string, authors: ListedAuthors) => Promise<readonly string[]>
  /** Returns false where the address was not on the list. */
  readonly unsuppress: (address: string) => Promise<boolean>
}

/** Packages have videos. */
const documentMilliseconds = 600_000

/** @param url address of the deposits service; `token` its DEPOSITS_TOKEN */
export function depositsClient(url: string, token: string): DepositsClient {
  const ask = (path: string, change: { method?: 'PUT' | 'DELETE'; json?: unknown } = {}) =>
    request({
      service: 'the deposits service',
      url: `${url}/api${path}`,
      ...change,
      headers: { authorization: `Bearer ${token}` },
      timeoutMilliseconds: 10_000,
    })
  const read = async <Schema extends TSchema>(schema: Schema, path: string): Promise<Static<Schema>> => {
    const answer = await ask(path)
    const value = readAnswer(schema, answer)
    if (answer.status !== 200 || value === undefined) throw unexpected(answer)
    return value
  }
  const unexpected = ({ status, text }: HttpAnswer) =>
    new Error(`The deposits service answers ${status}: ${text.slice(0, 300)}`)
  const suppression = (address: string) => `/suppressions/${encodeURIComponent(address)}`
  return {
    suppressions: () => read(Suppressions, '/suppressions'),
    suppress: async (address, by, why) => {
      const answer = await ask(suppression(address), { method: 'PUT', json: { by, why } })
      if (answer.status === 400) throw new UserError(`"${address}" is no mail address.`)
      if (answer.status !== 204) throw unexpected(answer)
    },
    listAuthors: async (by, authors) => {
      const answer = await ask('/authors', { method: 'PUT', json: { by, authors } })
      if (answer.status === 400) throw new UserError(`The list is not taken: ${answer.text.slice(0, 500)}`)
      const articles = readAnswer(Type.Array(Type.String()), answer)
      if (answer.status !== 200 || articles === undefined) throw unexpected(answer)
      return articles
    },
    unsuppress: async (address) => {
      const answer = await ask(suppression(address), { method: 'DELETE' })
      if (![204, 400, 404].includes(answer.status)) throw unexpected(answer)
      return answer.status === 204
    },
    list: (filter) => read(Deposits, `/deposits?${new URLSearchParams(filter).toString()}`),
    recipients: () => read(Recipients, '/recipients'),
    document: async (id) => {
      const answer = await fetch(`${url}/api/deposits/${encodeURIComponent(id)}/document`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(documentMilliseconds),
        redirect: 'error',
      })
      if (answer.status === 200) return Buffer.from(await answer.arrayBuffer())
      const text = await answer.text()
      // An id that is none at all is refused as a wrong request.
      if (answer.status === 404 || answer.status === 400) return undefined
      throw new Error(`The deposits service answers ${answer.status}: ${text.slice(0, 300)}`)
    },
  }
}

/** The state of each recipient of a publication, by its name. */
export type DepositOutcomes = Readonly<Record<string, DepositState>>

/** The states from the one that matters most to the one that matters least: a recipient has that of its worst deposit. */
const byWeight: readonly DepositState[] = [
  'refused',
  'uncertain',
  'unanswered',
  'sending',
  'waiting',
  'planned',
  'sent',
  'confirmed-with-warning',
  'confirmed',
  'cancelled',
  'superseded',
  'not-for-this-recipient',
]

/** Summarises the deposits of a publication: a state for each recipient. */
export function depositOutcomes(deposits: readonly Deposit[]): DepositOutcomes {
  const weight = (state: DepositState) => byWeight.indexOf(state)
  const worst = new Map<string, DepositState>()
  for (const { recipient, state } of deposits) {
    const known = worst.get(recipient)
    if (known === undefined || weight(state) < weight(known)) worst.set(recipient, state)
  }
  return Object.fromEntries([...worst].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

const unfinished: ReadonlySet<DepositState> = new Set(['planned', 'waiting', 'sending'])

/** Tells if a deposit has ended, as far as machines can end it. */
export function hasEnded({ state, byHand, unaddressed }: Deposit): boolean {
  return unaddressed || (state === 'sent' ? byHand : !unfinished.has(state))
}

/** Tells if the deposits of a publication are such that a person must look. */
export function needPerson(outcomes: DepositOutcomes): boolean {
  return Object.values(outcomes).some((state) => ['refused', 'unanswered', 'uncertain'].includes(state))
}

/** The deposits of a run that are not over: those of recipients that get theirs at once. */
export function dueAtOnce(
  deposits: readonly Deposit[],
  { recipients }: Recipients,
  withScheduled: boolean,
): readonly Deposit[] {
  const atOnce = new Set(recipients.filter((each) => withScheduled || each.atOnce).map(({ name }) => name))
  return deposits.filter((deposit) => atOnce.has(deposit.recipient) && !hasEnded(deposit))
}
