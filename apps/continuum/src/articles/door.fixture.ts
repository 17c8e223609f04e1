import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { namesOf } from '@continuum/aws-resources'
import { connectDatabase, createLogger } from '@continuum/service'
import { readOutcome, type OpenDoor, type StoreDoor } from '@continuum/messages/testing'
import { afterAll, expect, vi } from 'vitest'
import { run, startStore } from './store.fixture.ts'

const PREFIX = 'door-'
const changes = namesOf({ prefix: PREFIX, organisation: 'continuum' }).queues.articleChanges
const region = 'us-east-1'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/** Starts a store, as a process whose clock the test sets, and opens the door of its command line. */
export async function startCommandLine(): Promise<OpenDoor> {
  const closing = new AsyncDisposableStack()
  afterAll(() => closing.disposeAsync())
  const aws = await startAwsLocal()
  closing.defer(() => aws.close())
  const sqs = new SQSClient({ endpoint: aws.url, region, credentials })
  closing.defer(() => sqs.destroy())
  await sqs.send(new CreateQueueCommand({ QueueName: changes }))
  const store = await startStore({
    flags: ['--import', fileURLToPath(new URL('./clock.fixture.ts', import.meta.url))],
    variables: {
      PREFIX,
      ORGANISATION: 'continuum',
      AWS_REGION: region,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  })
  const migrations = new URL('../../../lax/src/migrations/', import.meta.url)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const sql = await connectDatabase({ url: store.databaseUrl, schema: 'lax', migrations, logger, max: 1 })
  closing.defer(() => sql.end())
  const sent = () => aws.queue(changes).messages()
  let taken = 0
  let ids = 80_000

  const door: StoreDoor = {
    newId: () => String(++ids),
    send: async ({ action, id, version, article, force = false, dryRun = false }) => {
      const stdin = JSON.stringify({ article })
      const { code: exit, outcome } = await run(store, action, [], {
        id,
        version: String(version),
        stdin,
        force,
        dryRun,
      })
      expect(outcome()).toMatchObject({ force, 'dry-run': dryRun })
      const read = readOutcome(outcome())
      expect(exit).toBe(read.status === 'invalid' ? 1 : 0)
      if (exit === 0) expect(outcome()).toMatchObject({ id: Number(id), version, message: null })
      return read
    },
    http: async (path, { method = 'GET', trusted = false, headers = {}, body } = {}) => {
      const answer = await fetch(store.url + path, {
        method,
        headers: {
          ...(trusted && { authorization: `Bearer ${store.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
    },
    setClock: async (instant) => {
      const set = once(store.child, 'message')
      store.child.send(instant)
      expect((await set)[0]).toBe(instant)
    },
    told: (count) =>
      vi.waitFor(
        () => {
          const messages = sent().slice(taken, taken + count)
          expect(messages).toHaveLength(count)
          taken += count
          return messages.map(({ body }) => String(JSON.parse(body).id))
        },
        { timeout: 10_000, interval: 20 },
      ),
  }
  return async ({ empty = false } = {}) => {
    if (empty) {
      await expect.poll(() => sql`select 1 from outbox`, { timeout: 10_000 }).toHaveLength(0)
      await sql`truncate event, fragment, search, withdrawal, withdrawn_content`
      await sql`delete from content`
      taken = sent().length
    }
    await door.setClock('2016-10-05T12:00:00Z')
    return door
  }
}
