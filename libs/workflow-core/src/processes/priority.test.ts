import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { registerTypes } from '../client/register.ts'
import { activity } from '../declare/activity.ts'
import { implement } from '../declare/implement.ts'
import { workflow } from '../declare/workflow.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'
import { until } from '../testing/internal/greeting.fixture.ts'

const common = {
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '1m' },
  retry: { maxAttempts: 1, initialInterval: '1s', backoffCoefficient: 1, maxInterval: '1s' },
} as const
const plain = activity({ ...common, name: 'Plain' })
const urgent = activity({ ...common, name: 'Urgent', priority: 7 })
const late = activity({ ...common, name: 'Late', priority: -1 })

test('a worker is given the activity of the highest priority first', async () => {
  await using env = await startTestEnvironment()
  const all = workflow(
    { name: 'All', version: '1', input: Type.Void(), timeout: '1h', uses: { late, plain, urgent } },
    async (ctx) => {
      await Promise.all([ctx.late(), ctx.plain(), ctx.urgent()])
    },
  )
  await env.startDecider([all])
  const { runId = '' } = await env.client.start(all, { workflowId: 'a', input: undefined })
  await until(async () => env.openTasks() === 3)
  const order: string[] = []
  const does = (name: string) => async () => void order.push(name)
  env.startWorkers(
    [implement(plain, does('plain')), implement(urgent, does('urgent')), implement(late, does('late'))],
    {
      concurrency: 1,
    },
  )
  await env.client.result(all, { workflowId: 'a', runId })
  expect(order).toEqual(['urgent', 'plain', 'late'])
})

test('a decider is given the execution of the highest priority first: its own, or that of the start', async () => {
  await using env = await startTestEnvironment()
  const order: string[] = []
  const one = (name: string, priority?: number) =>
    workflow(
      { name, version: '1', input: Type.Void(), timeout: '1h', ...(priority !== undefined && { priority }), uses: {} },
      async (ctx) => void order.push(ctx.execution.workflowId),
    )
  const [usual, first] = [one('Usual'), one('First', 5)]
  await registerTypes({
    swf: env.swf,
    domain: 'Publish.test',
    workflows: [usual, first],
    taskLists: { decisions: 'decisions' },
  })
  for (const [workflowId, type, priority] of [
    ['usual', usual, undefined],
    ['first', first, undefined],
    ['raised', usual, 3],
    ['lowered', first, -2],
  ] as const) {
    await env.client.start(type, { workflowId, input: undefined, ...(priority !== undefined && { priority }) })
  }
  await env.startDecider([usual, first], { concurrency: 1 })
  await until(async () => order.length === 4)
  expect(order).toEqual(['first', 'raised', 'usual', 'lowered'])
})

test('a child has the priority that its workflow declares, the next run of an execution and a rerun that of the first', async () => {
  await using env = await startTestEnvironment()
  const child = workflow(
    { name: 'Child', version: '1', input: Type.Void(), timeout: '1h', priority: 4, uses: {} },
    async () => {},
  )
  const parent = workflow(
    { name: 'Parent', version: '1', input: Type.Object({ runs: Type.Integer() }), timeout: '1h', uses: { child } },
    async (ctx, { runs }) => {
      await ctx.child()
      if (runs > 1) await ctx.continueAsNew({ runs: runs - 1 })
      throw new Error('the last run fails')
    },
  )
  await env.startDecider([parent, child])
  await env.client.start(parent, { workflowId: 'p', input: { runs: 2 }, priority: 9 })
  const closed = () => Array.fromAsync(env.client.listClosed())
  const priorities = async () => {
    const runs = (await closed()).map(async ({ execution }) => {
      const { workflowId = '', runId = '' } = execution ?? {}
      const [start] = await Array.fromAsync(env.client.history({ workflowId, runId }))
      return `${workflowId} ${start?.workflowExecutionStartedEventAttributes?.taskPriority}`
    })
    return (await Promise.all(runs)).toSorted()
  }
  await until(async () => (await closed()).length === 4)
  expect(await priorities()).toEqual(['p 9', 'p 9', 'p.Child 4', 'p.Child 4'])
  const failed = (await closed()).find(({ closeStatus }) => closeStatus === 'FAILED')?.execution
  await env.client.rerun({ workflowId: 'p', runId: failed?.runId ?? '' })
  await until(async () => (await closed()).length === 5)
  expect(await priorities()).toEqual(['p 9', 'p 9', 'p 9', 'p.Child 4', 'p.Child 4'])
})
