import { randomUUID } from 'node:crypto'
import { readOutcome, type OpenDoor, type StoreDoor } from '@continuum/messages/testing'
import { stopListening } from '@continuum/service'
import { expect, onTestFinished } from 'vitest'
import { startLax, type Lax } from './lax.fixture.ts'
import { sendOutbox } from './store/outbox.ts'

/** Makes a door of a store of the tests; `send` is what differs from door to door. */
export function doorOf(lax: Lax, send: StoreDoor['send']): StoreDoor {
  let ids = 0
  const taken: string[] = []
  return {
    newId: () => String(++ids).padStart(5, '0'),
    send,
    http: async (path, { method = 'GET', trusted = false, headers = {}, body } = {}) => {
      const credential = trusted ? { authorization: lax.authorization } : {}
      const answer = await lax.request(method, path, body, { ...credential, ...headers })
      return { status: answer.statusCode, headers: answer.headers, text: answer.body }
    },
    setClock: async (instant) => void (lax.clock.now = Temporal.Instant.from(instant)),
    told: async (count) => {
      await sendOutbox(lax.sql, async ({ article }) => void taken.push(article))
      return taken.splice(0, count)
    },
  }
}

/** Opens the door of HTTP. */
export const openHttp: OpenDoor = async () => {
  const lax = await startLax()
  onTestFinished(() => lax[Symbol.asyncDispose]())
  return doorOf(lax, async ({ action, id, version, article, force = false, dryRun = false }) => {
    const query = `?force=${force}&dry-run=${dryRun}&publish=${action === 'ingest+publish'}`
    const path = `/${id}/versions/${version}`
    const answer =
      action === 'publish'
        ? await lax.post(`${path}?force=${force}&dry-run=${dryRun}`, {})
        : await lax.put(path + query, { article, run: randomUUID() })
    const outcome = readOutcome(answer.json())
    expect(answer.json()).toMatchObject({ force, 'dry-run': dryRun })
    expect(outcome.status === 'invalid' ? [400, 409] : [200]).toContain(answer.statusCode)
    return outcome
  })
}

const channel = 'heard'

/**
 * Waits until a store has heard of all that was committed before, by whatever process: notifications arrive in the order of
 * their commits.
 */
export async function hasHeard({ sql }: Lax): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const listening = await sql.listen(channel, () => resolve())
  await sql`select pg_notify(${channel}, '')`
  await promise
  await stopListening(listening)
}
