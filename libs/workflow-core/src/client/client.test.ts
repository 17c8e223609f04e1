import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { declared, greet, greeting, ids, types, until } from '../testing/internal/greeting.fixture.ts'
import { implement } from '../declare/implement.ts'
import { createTestClock } from '../testing/clock.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'
import { workflow } from '../declare/workflow.ts'

/** The client against the local SWF; reruns are in rerun.test. */

describe('the client', () => {
  test('takes a second start for an answer, and the absence of an execution too', async () => {
    await using env = await startTestEnvironment()
    await env.startDecider([greeting])
    const { client } = env
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
    await using env = await startTestEnvironment()
    const input = JSON.parse('{}')
    await expect(env.client.start(greeting, { workflowId: 'g', input })).rejects.toThrow(
      'Input of Greeting g does not fit its schema',
    )
  })

  test('signals to an open execution, and asks it to end', async () => {
    const waiting = workflow(
      { ...declared, name: 'Waiting', output: Type.String(), uses: {}, signals: { word: Type.String() } },
      async (ctx) => {
        const word = await ctx.signal('word')
        await ctx.sleep('30d').catch(() => {})
        return word
      },
    )
    await using env = await startTestEnvironment({ clock: createTestClock() })
    await env.startDecider([waiting])
    const { client } = env
    const { runId = '' } = await client.start(waiting, { workflowId: 'w', input: { who: 'Ada' } })
    const execution = { workflowId: 'w', runId }
    expect(await client.signal({ workflowId: 'w' }, 'word', 'hello')).toBe(true)
    await until(async () => (await types(client.history(execution))).includes('TimerStarted'))
    expect(await client.outcome(execution)).toBeUndefined()
    expect(await client.cancel({ workflowId: 'w' })).toBe(true)
    expect(await client.result(waiting, execution)).toBe('hello')
    expect(await client.outcome(execution)).toEqual({ status: 'completed', result: '"hello"' })
  })

  test('lets a retry that waits begin at once', async () => {
    await using env = await startTestEnvironment()
    await env.startDecider([greeting])
    const { client } = env
    let attempts = 0
    env.startWorkers([
      implement(greet, async ({ who }) => {
        attempts += 1
        if (attempts === 1) throw new Error('busy')
        return who
      }),
    ])
    const { runId = '' } = await client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    const execution = { workflowId: 'g', runId }
    await until(async () => (await types(client.history(execution))).includes('TimerStarted'))
    expect(await client.retryNow({ workflowId: 'nobody' }, 'Greet#2')).toBe(false)
    expect(await client.retryNow(execution, 'Greet#2')).toBe(true)
    expect(await client.result(greeting, execution)).toBe('Ada')
    const happened = await types(client.history(execution))
    expect([happened.includes('TimerCanceled'), happened.includes('TimerFired')]).toEqual([true, false])
  })

  test('lists by workflow, id, tag and time, and searches among the closed', async () => {
    await using env = await startTestEnvironment()
    await env.startDecider([greeting])
    env.startWorkers([implement(greet, async ({ who }) => who)])
    const { client } = env
    for (const workflowId of ['a', 'b', 'c']) {
      const { runId = '' } = await client.start(greeting, {
        workflowId,
        input: { who: 'Ada' },
        tags: [`tag ${workflowId}`],
      })
      await client.result(greeting, { workflowId, runId })
    }
    expect(await ids(client.listClosed())).toEqual(['c', 'b', 'a'])
    expect(await ids(client.listClosed({ workflow: { name: 'Greeting', version: '1' } }))).toHaveLength(3)
    expect(await ids(client.listClosed({ workflow: { name: 'Greeting', version: '2' } }))).toEqual([])
    expect(await ids(client.listClosed({ workflowId: 'b' }))).toEqual(['b'])
    expect(await ids(client.listClosed({ tag: 'tag a' }))).toEqual(['a'])
    expect(await ids(client.listClosed({ status: 'FAILED' }))).toEqual([])
    expect(await ids(client.listClosed({ since: Temporal.Now.instant().add({ hours: 1 }) }))).toEqual([])
    expect(await ids(client.listOpen())).toEqual([])
  })

  test('reads a history page by page, as far as it is wanted', async () => {
    const many = workflow({ ...declared, name: 'Many', uses: { greet } }, async (ctx, { who }) => {
      await Promise.all(Array.from({ length: 1_200 }, (_, at) => ctx.greet({ who }, { key: `${at}` })))
    })
    await using env = await startTestEnvironment({ clock: createTestClock() })
    await env.startDecider([many])
    const { runId = '' } = await env.client.start(many, { workflowId: 'm', input: { who: 'Ada' } })
    const execution = { workflowId: 'm', runId }
    let pages = 0
    await until(async () => (await types(env.client.history(execution))).length > 1_200)
    env.swf.middlewareStack.add((next, { commandName = '' }) => async (args) => {
      if (commandName.startsWith('GetWorkflowExecutionHistory')) pages += 1
      return next(args)
    })
    for await (const { eventType } of env.client.history(execution)) if (eventType === 'DecisionTaskStarted') break
    expect(pages).toBe(1)
    expect((await types(env.client.history(execution))).length).toBeGreaterThan(1_200)
    expect(pages).toBe(3)
  })

  test('stops waiting for a result when it is told to', async () => {
    await using env = await startTestEnvironment({ clock: createTestClock() })
    await env.startDecider([greeting])
    const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: { who: 'Ada' } })
    const signal = AbortSignal.timeout(50)
    await expect(env.client.result(greeting, { workflowId: 'g', runId }, { signal })).rejects.toThrow('aborted')
  })
})
