import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { greet, greeting, recordLogs, types, until } from '../testing/internal/greeting.fixture.ts'
import { implement } from '../declare/implement.ts'
import { createTestClock } from '../testing/clock.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'

/** Tasks and processes while SWF is unavailable, throttles, does not answer, or loses replies. */

describe('an unreachable SWF', () => {
  test('is no sign of life, is tried again, and no answer is lost', async () => {
    const { logger, logged } = recordLogs()
    const data = await mkdtemp(join(tmpdir(), 'workflow-core-'))
    onTestFinished(() => rm(data, { recursive: true }))
    await using env = await startTestEnvironment({ logger, data })
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
    await env.restart(async () => {
      const seen = worker?.lastSignOfLife()
      may.resolve()
      await until(
        async () =>
          logged.some((line) => line.startsWith('poll failed')) &&
          logged.some((line) => line.startsWith('response failed')),
      )
      expect(worker?.lastSignOfLife()).toEqual(seen)
    })
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
  })
})

describe('a busy SWF', () => {
  test('is asked again after longer and longer, and that it answers at all is a sign of life', async () => {
    const { logger, logged } = recordLogs()
    await using env = await startTestEnvironment({ logger })
    env.faults().add({ service: 'swf', operation: 'PollForActivityTask', fault: 'throttling', when: { first: 3 } })
    await env.startDecider([greeting])
    const [worker] = env.startWorkers([implement(greet, async ({ who }) => who)], { concurrency: 1 })
    const began = Temporal.Now.instant()
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await until(async () => logged.length > 0)
    expect(Temporal.Instant.compare(worker?.lastSignOfLife() ?? began, began)).toBeGreaterThanOrEqual(0)
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
    expect(logged.map((line) => /"error":"(\w+)".*"failures":(\d)/.exec(line)?.slice(1).join(' '))).toEqual([
      'ThrottlingException 1',
      'ThrottlingException 2',
      'ThrottlingException 3',
    ])
  })
})

describe('an answer', () => {
  test('whose own answer is lost is given again, and the effect is not repeated', async () => {
    const { logger, logged } = recordLogs()
    await using env = await startTestEnvironment({ logger })
    const lostOnce = { service: 'swf', fault: 'lost reply', when: { nth: 1 } } as const
    env.faults().add({ ...lostOnce, operation: 'RespondActivityTaskCompleted' })
    env.faults().add({ ...lostOnce, operation: 'RespondDecisionTaskCompleted' })
    await env.startDecider([greeting])
    let effects = 0
    env.startWorkers([
      implement(greet, async ({ who }) => {
        effects += 1
        return who
      }),
    ])
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
    expect(effects).toBe(1)
    await until(async () => logged.length === 2)
    for (const line of logged) expect(line).toMatch(/^SWF no longer knows the task; its response is discarded/)
  })

  test('is one for each task, through faults of every kind and a worker that stops in the middle', async () => {
    await using env = await startTestEnvironment()
    env.faults().add({ service: 'swf', fault: 'throttling', when: { every: 7 } })
    env
      .faults()
      .add({ service: 'swf', fault: 'lost reply', operation: 'RespondActivityTaskCompleted', when: { every: 5 } })
    env
      .faults()
      .add({ service: 'swf', fault: 'failure', operation: 'RespondDecisionTaskCompleted', when: { every: 6 } })
    const answers = new Map<string, Set<string>>()
    const watched = env.connect()
    watched.middlewareStack.add((next, { commandName = '' }) => async (args) => {
      const { taskToken, ...answer } = Object.fromEntries(Object.entries(args.input))
      if (commandName.startsWith('Respond')) {
        const given = answers.get(String(taskToken)) ?? new Set()
        answers.set(String(taskToken), given.add(`${commandName} ${JSON.stringify(answer)}`))
      }
      return next(args)
    })
    await env.startDecider([greeting], { swf: watched })
    const work = implement(greet, async ({ who }) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return who
    })
    const [first] = env.startWorkers([work], { swf: watched })
    const runs = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const workflowId = `g${at}`
        return { workflowId, ...(await env.client.start(greeting, { workflowId, input: { who: 'Ada' } })) }
      }),
    )
    await until(async () => answers.size > 14)
    env.startWorkers([work], { swf: watched })
    await first?.stop(8)
    for (const { workflowId, runId = '' } of runs)
      expect(await env.client.result(greeting, { workflowId, runId })).toBe('Ada')
    expect(answers.size).toBeGreaterThanOrEqual(36)
    for (const [token, given] of answers) expect(given.size, token).toBe(1)
  })

  test('is not missed where the task itself was lost on its way: its time-out is an attempt', async () => {
    const clock = createTestClock()
    await using env = await startTestEnvironment({ clock })
    env.faults().add({ service: 'swf', operation: 'PollForActivityTask', fault: 'lost reply', when: { nth: 1 } })
    await env.startDecider([greeting])
    env.startWorkers([implement(greet, async ({ who }, { attempt }) => `${who} ${attempt}`)], { concurrency: 1 })
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    const has = (type: string) => async () =>
      (await types(env.client.history({ workflowId: 'g', runId }))).includes(type)
    await until(has('ActivityTaskStarted'))
    clock.advance(1_000)
    await until(has('TimerStarted'))
    clock.advance(10_000)
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada 2')
  })
})

describe('a mute SWF', () => {
  test.each(['decider', 'worker'])('that takes connections and says nothing ends the process of a %s', async (role) => {
    const sockets = new Set<Socket>()
    const mute = createServer((socket) => void sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const address = mute.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const child: ChildProcess = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../testing/internal/soak.fixture.ts', import.meta.url)),
        role,
        `http://127.0.0.1:${port}`,
        '/dev/null',
      ],
      { stdio: 'ignore', env: { ...process.env, STALL_TIMEOUT: '1s' } },
    )
    onTestFinished(() => {
      child.kill('SIGKILL')
      for (const socket of sockets) socket.destroy()
      mute.close()
    })
    const [code] = await once(child, 'exit')
    expect(sockets.size, 'it had polled').toBeGreaterThan(0)
    expect(code).toBe(0)
  })
})
