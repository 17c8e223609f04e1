import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { PermanentFailure, TaskGone, WorkflowNotCompleted } from '../values/errors.ts'
import { answered, declared, greet, greeting, ids, notes, types, until } from '../testing/internal/greeting.fixture.ts'
import { implement } from '../declare/implement.ts'
import { registerTypes } from '../client/register.ts'
import { createTestClock } from '../testing/clock.ts'
import { runWorkflow } from '../testing/run-workflow.ts'
import { openStage } from '../testing/test-environment.ts'
import { workflow } from '../declare/workflow.ts'

/** Decider and worker over HTTP on the local SWF, on a clock that stands still; what code may do is in decide.test. */

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
    await using stage = await openStage({ clock: createTestClock() })
    const { client } = stage
    stage.workers([implement(greet, async ({ who }) => who)])
    const before = await stage.decider([one])
    const started = async (version: typeof one, workflowId: string) => {
      const { runId = '' } = await client.start(version, { workflowId, input: { who: 'Ada' } })
      await until(async () => (await types(client.history({ workflowId, runId }))).includes('ActivityTaskCompleted'))
      return { workflowId, runId }
    }
    const old = await started(one, 'old')
    await before.stop(1_000)
    const after = await stage.decider([one, two])
    const recent = await started(two, 'recent')
    expect(await ids(client.listOpen({ ...always, workflow: { name: 'Greeting', version: '1' } }))).toEqual(['old'])
    for (const { workflowId } of [old, recent]) await client.signal({ workflowId }, 'go')
    expect(await client.result(one, old)).toBe('Ada 1')
    expect(await client.result(two, recent)).toBe('Ada 2')
    expect(await ids(client.listOpen({ ...always, workflow: { name: 'Greeting', version: '1' } }))).toEqual([])

    await after.stop(1_000)
    await stage.decider([two])
    const last = await started(two, 'last')
    await client.signal(last, 'go')
    expect(await client.result(two, last)).toBe('Ada 2')
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
    expect(await wrong.metrics()).toMatch(/^workflow_tasks_total\{.*type="Greeting",outcome="refused"\} 1$/m)
    expect(await types(stage.client.history({ workflowId: 'g', runId }))).toContain('DecisionTaskStarted')
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
