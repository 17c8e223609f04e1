import { Type } from 'typebox'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SWFClient, WorkflowExecutionInfo } from '@aws-sdk/client-swf'
import { activity } from './activity.ts'
import { PermanentFailure, TaskGone, WorkerStopping, WorkflowNotCompleted } from './errors.ts'
import { implement } from './implement.ts'
import type { Logger } from './logger.ts'
import { registerTypes } from './register.ts'
import { runWorkflow } from './testing/run-workflow.ts'
import { openStage } from './testing/stage.ts'
import { createTestClock } from './testing/clock.ts'
import { workflow } from './workflow.ts'

/** Decider, worker and client over HTTP on the local SWF, on a clock that stands still; what code may do is in decide.test. */

const retry = { attempts: 3, first: '10s', factor: 2, longest: '15s' } as const
const greet = activity({
  name: 'Greet',
  version: '1',
  input: Type.Object({ who: Type.String() }),
  output: Type.String(),
  timeouts: { run: '8m', heartbeat: '1s' },
  retry,
})
const declared = { name: 'Greeting', version: '1', input: Type.Object({ who: Type.String() }), timeout: '7d' } as const
const greeting = workflow({ ...declared, output: Type.String(), uses: { greet } }, (ctx, input) => ctx.greet(input))

/** A logger that keeps what is warned of. */
function notes(): { logger: Logger; said: string[] } {
  const said: string[] = []
  const note = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`)
  return { logger: { debug: () => {}, info: () => {}, warn: note, error: note }, said }
}

/** Resolves with the next request of that operation, once it was answered. */
function answered(swf: SWFClient, operation: string): Promise<void> {
  return new Promise((resolve) => {
    swf.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const reply = await next(args)
          if (commandName === `${operation}Command`) resolve()
          return reply
        },
      { step: 'initialize' },
    )
  })
}

/** Resolves when it holds; the test's own time-out is the limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await setImmediate()
}

async function ids(executions: AsyncIterable<WorkflowExecutionInfo>): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(executions)).map(({ execution }) => execution?.workflowId)
}

async function types(history: AsyncIterable<{ eventType?: string | undefined }>): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(history)).map(({ eventType }) => eventType)
}

test('a workflow is started, decided, worked and its result is read', async () => {
  await using stage = await openStage({ clock: createTestClock() })
  await stage.decider([greeting])
  stage.workers([
    implement(
      greet,
      async ({ who }, { attempt, attempts, info }) => `${who} ${attempt}/${attempts} ${info.activityId}`,
    ),
  ])
  const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
  expect(await stage.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada 1/3 Greet#1')
})

test('types are registered once, and again without harm', async () => {
  await using stage = await openStage()
  await stage.decider([greeting])
  await stage.decider([greeting])
})

describe('a failure', () => {
  test('is retried after its delays, which pass without anybody waiting', async () => {
    const clock = createTestClock()
    const at: number[] = []
    const { output } = await runWorkflow(
      greeting,
      { who: 'Ada' },
      {
        clock,
        activities: [
          implement(greet, async ({ who }, { attempt }) => {
            at.push(clock.now())
            if (attempt < 3) throw new Error('busy')
            return who
          }),
        ],
      },
    )
    expect(output).toBe('Ada')
    expect(at.map((each) => (each - (at[0] ?? 0)) / 1_000)).toEqual([0, 10, 25])
  })

  test('that is permanent ends the execution, and the client says why', async () => {
    class NoSuchName extends PermanentFailure {}
    await using stage = await openStage()
    await stage.decider([greeting])
    stage.workers([
      implement(greet, async () => {
        throw new NoSuchName('nobody is called that')
      }),
    ])
    const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: '' } })
    const failure = await stage.client.result(greeting, { workflowId: 'g', runId }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(WorkflowNotCompleted)
    expect(String(failure)).toContain('g failed: Greet failed for good: NoSuchName: nobody is called that')
  })

  test('is an output that is too large for SWF', async () => {
    const tooLarge = implement(greet, async () => 'x'.repeat(40_000))
    const { outcome } = await runWorkflow(greeting, { who: 'Ada' }, { activities: [tooLarge] })
    expect(outcome).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^Greet failed for good: PayloadTooLarge: Output of Greet#1 has 40002 characters/),
    })
  })

  test('is a time-out too, and the next attempt finds the last heartbeat', async () => {
    const clock = createTestClock()
    await using stage = await openStage({ clock })
    await stage.decider([greeting])
    const beat = answered(stage.swf, 'RecordActivityTaskHeartbeat')
    const found = Promise.withResolvers<unknown>()
    const reasons: unknown[] = []
    stage.workers([
      implement(greet, async ({ who }, { attempt, heartbeat, signal, info }) => {
        if (attempt === 1) {
          heartbeat({ copied: 7 })
          await new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
          }).catch((reason: unknown) => reasons.push(reason))
        }
        found.resolve(info.lastHeartbeat)
        return who
      }),
    ])
    const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await beat
    clock.advance(1_000)
    await until(async () => (await types(stage.client.history({ workflowId: 'g', runId }))).includes('TimerStarted'))
    clock.advance(10_000)
    expect(await stage.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
    expect(await found.promise).toEqual({ copied: 7 })
    await until(async () => reasons.length > 0)
    expect(reasons).toEqual([expect.any(TaskGone)])
  })
})

describe('a worker that stops', () => {
  test('lets an activity end that can', async () => {
    await using stage = await openStage()
    await stage.decider([greeting])
    const [begun, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const [worker] = stage.workers([
      implement(greet, async ({ who }) => {
        begun.resolve()
        await may.promise
        return who
      }),
    ])
    const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await begun.promise
    const stopped = worker?.stop(10_000)
    may.resolve()
    await stopped
    expect(await stage.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
  })

  test('gives back before its deadline what cannot end, and another does it as the same attempt', async () => {
    await using stage = await openStage({ clock: createTestClock() })
    await stage.decider([greeting])
    const begun = Promise.withResolvers<AbortSignal>()
    const [worker] = stage.workers([
      implement(greet, async (_, { signal, heartbeat }) => {
        heartbeat({ copied: 3 })
        begun.resolve(signal)
        return new Promise(() => {})
      }),
    ])
    const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    const signal = await begun.promise
    await worker?.stop(200)
    expect(signal.reason).toBeInstanceOf(WorkerStopping)
    stage.workers([
      implement(greet, async ({ who }, { attempt, info }) => `${who} ${attempt} ${JSON.stringify(info.lastHeartbeat)}`),
    ])
    expect(await stage.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada 1 {"copied":3}')
  })
})

describe('a task of an unknown type', () => {
  test('is failed by a worker, and retried', async () => {
    const other = activity({ ...greet, name: 'Other' })
    const { outcome } = await runWorkflow(greeting, { who: 'Ada' }, { activities: [implement(other, async () => '')] })
    expect(outcome).toMatchObject({
      status: 'failed',
      reason:
        'Greet failed after 3 attempts: UnknownActivity: No implementation of Greet 1 in the worker that polls activities: is it deployed, and on this task list?',
    })
  })

  test('fails its execution where it is a workflow', async () => {
    await using stage = await openStage()
    await stage.decider([greeting])
    const newer = workflow({ ...declared, version: '2', uses: { greet } }, async () => {})
    await registerTypes({
      swf: stage.swf,
      domain: 'Publish.test',
      workflows: [newer],
      taskLists: { decisions: 'decisions' },
    })
    const { runId = '' } = await stage.client.start(newer, { workflowId: 'g', input: { who: 'Ada' } })
    await expect(stage.client.result(newer, { workflowId: 'g', runId })).rejects.toThrow(
      'g failed: UnknownWorkflow: No code for Greeting 2 in the decider that polls decisions',
    )
  })
})

describe('a decider', () => {
  test('whose code is not that of the history decides nothing, says so, and the right code heals it', async () => {
    const clock = createTestClock()
    const { logger, said } = notes()
    await using stage = await openStage({ clock, logger })
    const right = await stage.decider([greeting])
    const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await until(async () =>
      (await types(stage.client.history({ workflowId: 'g', runId }))).includes('ActivityTaskScheduled'),
    )
    await right.stop(1_000)
    const wrong = await stage.decider([
      workflow({ ...declared, uses: { greet } }, async (ctx) => ctx.greet({ who: '' }, { key: 'new' })),
    ])
    stage.workers([implement(greet, async ({ who }) => who)])
    await until(async () => said.length > 0)
    expect(said[0]).toMatch(
      /^nothing decided .*"error":"NonDeterminism".*recorded activity Greet#1, the code now asks for activity Greet.new#1/,
    )
    await wrong.stop(1_000)
    await stage.decider([greeting])
    clock.advance(30_000)
    expect(await stage.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
  })

  test('reads a history of many pages', async () => {
    const many = workflow(
      { ...declared, output: Type.Integer(), uses: { greet } },
      async (ctx, { who }) =>
        (await Promise.all(Array.from({ length: 300 }, (_, at) => ctx.greet({ who }, { key: `${at}` })))).length,
    )
    const { output, history } = await runWorkflow(
      many,
      { who: 'Ada' },
      { activities: [implement(greet, async ({ who }) => who)] },
    )
    expect(output).toBe(300)
    expect(history.length).toBeGreaterThan(1_000)
  })

  test('survives what workflow code leaves unhandled', async () => {
    const { logger, said } = notes()
    const careless = workflow({ ...declared, output: Type.String(), uses: { greet } }, async (ctx, { who }) => {
      const later = (async () => {
        await ctx.greet({ who }, { key: 'bad' })
      })()
      await ctx.sleep('1h')
      return later.then(
        () => 'good',
        () => 'bad',
      )
    })
    const { output } = await runWorkflow(
      careless,
      { who: 'Ada' },
      {
        logger,
        activities: [
          implement(greet, async () => {
            throw new PermanentFailure('no')
          }),
        ],
      },
    )
    expect(output).toBe('bad')
    expect(said.join()).toContain('workflow code left a rejection unhandled')
  })
})

describe('an unreachable SWF', () => {
  test('is no sign of life, is tried again, and no answer is lost', async () => {
    const { logger, said } = notes()
    const data = await mkdtemp(join(tmpdir(), 'workflow-core-'))
    onTestFinished(() => rm(data, { recursive: true }))
    await using stage = await openStage({ logger, data })
    await stage.decider([greeting])
    const [begun, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const [worker] = stage.workers([
      implement(greet, async ({ who }) => {
        begun.resolve()
        await may.promise
        return who
      }),
    ])
    const { runId = '' } = await stage.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await begun.promise
    await stage.restart(async () => {
      const seen = worker?.lastSignOfLife()
      may.resolve()
      await until(
        async () =>
          said.some((line) => line.startsWith('poll failed')) &&
          said.some((line) => line.startsWith('answer not taken')),
      )
      expect(worker?.lastSignOfLife()).toEqual(seen)
    })
    expect(await stage.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
  })
})

describe('the client', () => {
  test('takes a second start for an answer, and the absence of an execution too', async () => {
    await using stage = await openStage()
    await stage.decider([greeting])
    const { client } = stage
    const first = await client.start(greeting, { workflowId: 'g', input: { who: 'Ada' }, tags: ['article 00353'] })
    expect(first.started).toBe(true)
    expect(await client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })).toEqual({ started: false })
    expect(await client.signal({ workflowId: 'nobody' }, 'approved')).toBe(false)
    expect(await client.cancel({ workflowId: 'nobody' })).toBe(false)
    expect(await client.describe({ workflowId: 'nobody', runId: 'none' })).toBeUndefined()
    expect(await ids(client.listOpen({ tag: 'article 00353' }))).toEqual(['g'])
    expect(await client.terminate({ workflowId: 'g' }, { reason: 'a test' })).toBe(true)
    expect(await client.terminate({ workflowId: 'g' }, { reason: 'a test' })).toBe(false)
    expect(await ids(client.listOpen())).toEqual([])
    expect(await ids(client.listClosed({ status: 'TERMINATED' }))).toEqual(['g'])
    const execution = { workflowId: 'g', runId: first.runId ?? '' }
    expect((await types(client.history(execution, { newestFirst: true })))[0]).toBe('WorkflowExecutionTerminated')
    await expect(client.result(greeting, execution)).rejects.toThrow('g terminated: a test')
  })

  test('checks an input before it starts anything', async () => {
    await using stage = await openStage()
    const input = JSON.parse('{}')
    await expect(stage.client.start(greeting, { workflowId: 'g', input })).rejects.toThrow(
      'Input of Greeting g does not fit its schema',
    )
  })
})
