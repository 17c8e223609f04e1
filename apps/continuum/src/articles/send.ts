import { randomUUID } from 'node:crypto'
import { NoAnswerError, request } from '@continuum/service'
import { UserError } from '../errors/user-error.ts'
import type { VersionAddress } from './article-names.ts'
import { unknownAddress, type Input } from './inputs.ts'
import { badInput, failed, outcomeOf, type Asked, type Outcome } from './outcome.ts'
import type { StoreAddress } from './store-address.ts'

/** The deed of a command. */
export type Action = 'ingest' | 'publish' | 'ingest+publish'

export interface Sending {
  readonly action: Action
  readonly store: StoreAddress
  readonly force: boolean
  readonly dryRun: boolean
}

const timeoutMilliseconds = 90_000

/** Sends one input to the article store. Whatever goes wrong is an outcome, so that the others go on. */
export async function sendInput(input: Input, sending: Sending): Promise<Outcome> {
  const asked: Asked = { file: input.name, force: sending.force, dryRun: sending.dryRun }
  try {
    if (sending.action === 'publish') {
      const address = input.address ?? addressIn(await input.article(), input.name)
      return outcomeOf(await call('POST', address, {}, sending), address, asked)
    }
    const article = await input.article()
    const address = input.address ?? addressIn(article, input.name)
    const json = { article, run: `command-${randomUUID()}`, location: input.name }
    return outcomeOf(await call('PUT', address, json, sending), address, asked)
  } catch (error) {
    if (error instanceof UserError) return badInput(error.message, asked)
    if (error instanceof NoAnswerError) return failed(error.message, asked)
    const { message, stack = null } = error instanceof Error ? error : new Error(String(error))
    return failed(message, asked, stack)
  }
}

/** The address in the article JSON itself. */
function addressIn(article: Record<string, unknown>, name: string): VersionAddress {
  const { id, version } = article
  if (typeof id === 'string' && typeof version === 'number' && version >= 1) return { id, version }
  throw unknownAddress(name)
}

function call(method: 'POST' | 'PUT', { id, version }: VersionAddress, json: unknown, sending: Sending) {
  const { store, force, dryRun, action } = sending
  const flags = { force, 'dry-run': dryRun, publish: action === 'ingest+publish' }
  const set = Object.entries(flags).flatMap(([flag, on]) => (on ? [`${flag}=true`] : []))
  const url = `${store.url}/api/v2/articles/${encodeURIComponent(id)}/versions/${version}${set.length > 0 ? `?${set.join('&')}` : ''}`
  const headers = { authorization: `Bearer ${store.token}` }
  return request({ service: 'lax', method, url, headers, json, timeoutMilliseconds })
}

/**
 * Sends many inputs, several at a time. Versions of one article are sent one after the other in their order, for a version
 * needs the one before it.
 *
 * @param options.parallel the number of articles that are worked on at once
 * @param options.done called with each outcome as it is known
 * @returns the outcomes in the order of the inputs
 */
export async function sendAll(
  inputs: readonly Input[],
  options: { parallel: number; send: (input: Input) => Promise<Outcome>; done: (outcome: Outcome) => void },
): Promise<readonly Outcome[]> {
  const { parallel, send, done } = options
  const outcomes = new Map<Input, Outcome>()
  const byArticle = Map.groupBy(inputs, ({ address, name }) => address?.id ?? name)
  const articles = [...byArticle.values()].map((versions) =>
    versions.toSorted((a, b) => (a.address?.version ?? 0) - (b.address?.version ?? 0)),
  )
  const next = articles[Symbol.iterator]()
  const work = async () => {
    for (const versions of next) {
      for (const input of versions) {
        const outcome = await send(input)
        outcomes.set(input, outcome)
        done(outcome)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, articles.length) }, work))
  return inputs.flatMap((input) => outcomes.get(input) ?? [])
}
