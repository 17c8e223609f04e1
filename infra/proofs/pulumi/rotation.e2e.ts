import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createLogger, startEmbeddedPostgres, type EmbeddedPostgres } from '@continuum/service'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generationsAt } from '../../components/services/rotation.ts'

/**
 * The rotation of tokens with real services: article stores are replaced one after the other while clients of both steps call them
 * without a break, as ECS does it in an order that nobody knows.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url))
const journal = { name: 'eLife', publisher: 'P', prefix: 'elife', doiPrefix: '10.7554/eLife.', idDigits: 5 }
let postgres: EmbeddedPostgres
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'continuum-rotation-'))
  const logger = createLogger({ service: 'postgres', level: 'warn' })
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port: 0, logger, throwAway: true })
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The two values of a token at a step: the one that is sent, and the second that is accepted. */
function tokensAt(step: number, token: string) {
  const { even, odd, current } = generationsAt(step)
  const values = { even: `${token}-of-generation-${even}`, odd: `${token}-of-generation-${odd ?? 'none'}` }
  return { sent: values[current], second: values[current === 'even' ? 'odd' : 'even'] }
}

/** An article store with the tokens of a step. */
async function startStore(step: number) {
  const [token, reading] = [tokensAt(step, 'lax'), tokensAt(step, 'reading')]
  const child = spawn(process.execPath, [join(root, 'apps/lax/src/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: postgres.url,
      LAX_TOKEN: token.sent,
      LAX_TOKEN_SECOND: token.second,
      LAX_READ_TOKEN: reading.sent,
      LAX_READ_TOKEN_SECOND: reading.second,
      JOURNALS: JSON.stringify([journal]),
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
    },
  })
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line).url)
    }),
  )
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'close')
  }
  return { url, stop }
}

/** Stores behind one address, each called in turn; one that leaves gets no more calls, and finishes those that it has. */
async function startStores(step: number) {
  const start = async (at: number) => ({ ...(await startStore(at)), calls: new Set<Promise<unknown>>() })
  const stores = [await start(step), await start(step)]
  let next = 0
  return {
    call: async (path: string, init: RequestInit): Promise<Response> => {
      const store = stores[next++ % stores.length]
      if (!store) throw new Error('there is no store')
      const answering = fetch(`${store.url}${path}`, init).then(async (reply) => {
        await reply.arrayBuffer()
        return reply
      })
      store.calls.add(answering)
      return answering.finally(() => store.calls.delete(answering))
    },
    /** Replaces one store by another of a step: the new one is there before the old one leaves. */
    replace: async (by: number) => {
      stores.push(await start(by))
      const leaving = stores.shift()
      if (!leaving) return
      await Promise.all(leaving.calls)
      await leaving.stop()
    },
    stop: () => Promise.all(stores.map(({ stop }) => stop())),
  }
}

/** Calls the stores without a break, as the process of a step does, until it is told to stop; counts the answers. */
function startCaller({ call }: Pick<Awaited<ReturnType<typeof startStores>>, 'call'>, answers: Map<string, number>) {
  const caller = { step: 0, stopped: false }
  const count = (key: string) => answers.set(key, (answers.get(key) ?? 0) + 1)
  const callTwice = async () => {
    const { step } = caller
    const write = { authorization: `Bearer ${tokensAt(step, 'lax').sent}`, 'content-type': 'application/json' }
    const read = { authorization: `Bearer ${tokensAt(step, 'reading').sent}` }
    const path = '/api/v2/articles/353/versions/1'
    // A request that is valid by its token and by nothing else: 400. Without a valid token it would be 403.
    const put = await call(path, { method: 'PUT', headers: write, body: '{}' })
    count(put.status === 403 ? 'write refused' : 'write accepted')
    const got = await call(path, { headers: read })
    count(got.headers.get('kong-authenticated') === 'True' ? 'read accepted' : 'read refused')
  }
  const calling = (async () => {
    while (!caller.stopped) {
      await callTwice()
      await turn()
    }
  })()
  const stop = async () => {
    caller.stopped = true
    await calling
  }
  return Object.assign(caller, { stop })
}

/** Takes stores and callers from one step to the next, in an order. */
async function rotate(from: number, to: number, order: 'stores first' | 'callers first') {
  const stores = await startStores(from)
  const answers = new Map<string, number>()
  const callers = [startCaller(stores, answers), startCaller(stores, answers)]
  for (const caller of callers) caller.step = from
  const enough = (count: number) =>
    expect.poll(() => answers.get('read accepted') ?? 0, { timeout: 60_000 }).toBeGreaterThan(count)
  await enough(10)
  const acts = [() => stores.replace(to), () => stores.replace(to)]
  const changes = callers.map((caller) => async () => void (caller.step = to))
  for (const act of order === 'stores first' ? [...acts, ...changes] : [...changes, ...acts]) {
    await act()
    const reads = answers.get('read accepted') ?? 0
    if (to - from === 1) await enough(reads + 10)
  }
  await Promise.all(callers.map(({ stop }) => stop()))
  await stores.stop()
  return Object.fromEntries(answers)
}

test.each([
  [0, 'callers first'],
  [1, 'stores first'],
  [1, 'callers first'],
] as const)('from step %i to the next, %s, no call is refused', async (step, order) => {
  const answers = await rotate(step, step + 1, order)
  console.log(`step ${step} to ${step + 1}, ${order}: ${JSON.stringify(answers)}`)
  expect(Object.keys(answers).toSorted()).toEqual(['read accepted', 'write accepted'])
})

test('two steps at once would have calls refused: the test sees it', async () => {
  expect(await rotate(0, 2, 'callers first')).toMatchObject({ 'write refused': expect.any(Number) })
})
