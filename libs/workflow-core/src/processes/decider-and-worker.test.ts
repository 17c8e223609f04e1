import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { PermanentFailure, TaskGoneError, WorkflowFailedError } from '../values/errors.ts'
import {
  answered,
  declared,
  greet,
  greeting,
  ids,
  recordLogs,
  types,
  until,
} from '../testing/internal/greeting.fixture.ts'
import { implement } from '../declare/implement.ts'
import { registerTypes } from '../client/register.ts'
import { createTestClock } from '../testing/clock.ts'
import { runWorkflow } from '../testing/run-workflow.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'
import { workflow } from '../declare/workflow.ts'

/** Decider and worker over HTTP on the local SWF, on a clock that stands still; decide.test tests workflow code. */

test('a workflow is started, decided, worked and its result is read', async () => {
  await using env = await startTestEnvironment({ clock: createTestClock() })
  await env.startDecider([greeting])
  env.startWorkers([
    implement(
      greet,
      async ({ who }, { attempt, maxAttempts, info }) => `${who} ${attempt}/${maxAttempts} ${info.activityId}`,
    ),
  ])
  const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
  expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada 1/3 Greet#1')
})

test('types are registered once, and again without harm', async () => {
  await using env = await startTestEnvironment()
  await env.startDecider([greeting])
  await env.startDecider([greeting])
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
    await using env = await startTestEnvironment()
    await env.startDecider([greeting])
    env.startWorkers([
      implement(greet, async () => {
        throw new NoSuchName('nobody is called that')
      }),
    ])
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: '' } })
    const failure = await env.client.result(greeting, { workflowId: 'g', runId }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(WorkflowFailedError)
    expect(String(failure)).toContain('g failed: Greet failed for good: NoSuchName: nobody is called that')
  })

  test('is an output that is too large for SWF', async () => {
    const tooLarge = implement(greet, async () => 'x'.repeat(40_000))
    const { outcome } = await runWorkflow(greeting, { who: 'Ada' }, { activities: [tooLarge] })
    expect(outcome).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(
        /^Greet failed for good: PayloadTooLargeError: Output of Greet#1 has 40002 characters/,
      ),
    })
  })

  test('is a time-out too, and the next attempt finds the last heartbeat', async () => {
    const clock = createTestClock()
    await using env = await startTestEnvironment({ clock })
    await env.startDecider([greeting])
    const beat = answered(env.swf, 'RecordActivityTaskHeartbeat')
    const found = Promise.withResolvers<unknown>()
    const reasons: unknown[] = []
    env.startWorkers([
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
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await beat
    clock.advance(1_000)
    await until(async () => (await types(env.client.history({ workflowId: 'g', runId }))).includes('TimerStarted'))
    clock.advance(10_000)
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
    expect(await found.promise).toEqual({ copied: 7 })
    await until(async () => reasons.length > 0)
    expect(reasons).toEqual([expect.any(TaskGoneError)])
  })
})

describe('a task of an unknown type', () => {
  test('is failed by a worker, and retried', async () => {
    const other = activity({ ...greet, name: 'Other' })
    const { outcome } = await runWorkflow(greeting, { who: 'Ada' }, { activities: [implement(other, async () => '')] })
    expect(outcome).toMatchObject({
      status: 'failed',
      reason:
        'Greet failed after 3 attempts: UnknownActivityError: The worker that polls activities has no implementation of Greet 1: is it deployed, and on this task list?',
    })
  })

  test('fails its execution where it is a workflow', async () => {
    await using env = await startTestEnvironment()
    await env.startDecider([greeting])
    const newer = workflow({ ...declared, version: '2', uses: { greet } }, async () => {})
    await registerTypes({
      swf: env.swf,
      domain: 'Publish.test',
      workflows: [newer],
      taskLists: { decisions: 'decisions' },
    })
    const { runId = '' } = await env.client.start(newer, { workflowId: 'g', input: { who: 'Ada' } })
    await expect(env.client.result(newer, { workflowId: 'g', runId })).rejects.toThrow(
      'g failed: UnknownWorkflowError: The decider that polls decisions has no code for Greeting 2',
    )
  })
})

/** The clock of these tests stands further back than lists go by themselves. */
const always = { since: Temporal.Instant.fromEpochMilliseconds(0) }

describe('two versions of a workflow', () => {
  test('live side by side until the older is drained', async () => {
    const of = (version: string) =>
      workflow(
        { ...declared, version, output: Type.String(), uses: { greet }, signals: { go: Type.Void() } },
        async (ctx, input) => {
          // Version 2 greets under another key: for an execution of version 1 that would be another step.
          const greeted = await ctx.greet(input, version === '1' ? {} : { key: 'new' })
          await ctx.signal('go')
          return `${greeted} ${version}`
        },
      )
    const [one, two] = [of('1'), of('2')]
    await using env = await startTestEnvironment({ clock: createTestClock() })
    const { client } = env
    env.startWorkers([implement(greet, async ({ who }) => who)])
    const before = await env.startDecider([one])
    const started = async (version: typeof one, workflowId: string) => {
      const { runId = '' } = await client.start(version, { workflowId, input: { who: 'Ada' } })
      await until(async () => (await types(client.history({ workflowId, runId }))).includes('ActivityTaskCompleted'))
      return { workflowId, runId }
    }
    const old = await started(one, 'old')
    await before.stop(1_000)
    const after = await env.startDecider([one, two])
    const recent = await started(two, 'recent')
    expect(await ids(client.listOpen({ ...always, workflow: { name: 'Greeting', version: '1' } }))).toEqual(['old'])
    for (const { workflowId } of [old, recent]) await client.signal({ workflowId }, 'go')
    expect(await client.result(one, old)).toBe('Ada 1')
    expect(await client.result(two, recent)).toBe('Ada 2')
    expect(await ids(client.listOpen({ ...always, workflow: { name: 'Greeting', version: '1' } }))).toEqual([])

    await after.stop(1_000)
    await env.startDecider([two])
    const last = await started(two, 'last')
    await client.signal(last, 'go')
    expect(await client.result(two, last)).toBe('Ada 2')
  })
})

describe('a decider', () => {
  test('whose code is not that of the history decides nothing, says so, and the right code heals it', async () => {
    const clock = createTestClock()
    const { logger, logged } = recordLogs()
    await using env = await startTestEnvironment({ clock, logger })
    const right = await env.startDecider([greeting])
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    await until(async () =>
      (await types(env.client.history({ workflowId: 'g', runId }))).includes('ActivityTaskScheduled'),
    )
    await right.stop(1_000)
    const wrong = await env.startDecider([
      workflow({ ...declared, uses: { greet } }, async (ctx) => ctx.greet({ who: '' }, { key: 'new' })),
    ])
    env.startWorkers([implement(greet, async ({ who }) => who)])
    await until(async () => logged.length > 0)
    expect(logged[0]).toMatch(
      /^no decision made .*"error":"NonDeterminismError".*the history has activity Greet#1, the code has activity Greet.new#1/,
    )
    expect(await wrong.metrics()).toMatch(/^workflow_tasks_total\{.*type="Greeting",outcome="refused"\} 1$/m)
    expect(await types(env.client.history({ workflowId: 'g', runId }))).toContain('DecisionTaskStarted')
    await wrong.stop(1_000)
    await env.startDecider([greeting])
    clock.advance(30_000)
    expect(await env.client.result(greeting, { workflowId: 'g', runId })).toBe('Ada')
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
    const { logger, logged } = recordLogs()
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
    expect(logged.join()).toContain('unhandled rejection in workflow code')
  })
})
