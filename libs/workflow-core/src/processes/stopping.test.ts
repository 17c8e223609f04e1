import { describe, expect, test } from 'vitest'
import { WorkerStoppingError } from '../values/errors.ts'
import { greet, greeting } from '../testing/internal/greeting.fixture.ts'
import { implement } from '../declare/implement.ts'
import { createTestClock } from '../testing/clock.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'

/** Workers that stop, as on a deployment; soak.test sends SIGTERM to real processes. */

describe('a worker that stops', () => {
  test('lets an activity end that can', async () => {
    await using env = await startTestEnvironment()
    await env.startDecider([greeting])
    const [begun, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const [worker] = env.startWorkers([
      implement(greet, async ({ who }) => {
        begun.resolve()
        await may.promise
        return who
      }),
    ])
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await begun.promise
    const stopped = worker?.stop(10_000)
    may.resolve()
    await stopped
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
  })

  test('gives back before its deadline what cannot end, and another does it as the same attempt', async () => {
    await using env = await startTestEnvironment({ clock: createTestClock() })
    await env.startDecider([greeting])
    const begun = Promise.withResolvers<AbortSignal>()
    const [worker] = env.startWorkers([
      implement(greet, async (_, { signal, heartbeat }) => {
        heartbeat({ copied: 3 })
        begun.resolve(signal)
        return new Promise(() => {})
      }),
    ])
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    const signal = await begun.promise
    const began = performance.now()
    await worker?.stop(400)
    expect(performance.now() - began).toBeLessThan(400 + 200)
    expect(signal.reason).toBeInstanceOf(WorkerStoppingError)
    env.startWorkers([
      implement(greet, async ({ who }, { attempt, info }) => `${who} ${attempt} ${JSON.stringify(info.lastHeartbeat)}`),
    ])
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada 1 {"copied":3}')
  })
})
