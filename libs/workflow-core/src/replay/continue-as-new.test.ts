import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { implement } from '../declare/implement.ts'
import { workflow } from '../declare/workflow.ts'
import { readStart } from '../history/earlier-run.ts'
import { buildHistory, type HistoryBuilder } from '../testing/internal/history-builder.ts'
import { runWorkflow } from '../testing/run-workflow.ts'

/** Signals that a run has not taken when it continues as new belong to the next run. */

const work = activity({
  name: 'Work',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '1h' },
  retry: { maxAttempts: 1, initialInterval: '1s', backoffCoefficient: 1, maxInterval: '1s' },
})

const declared = {
  name: 'Collect',
  version: '1',
  input: Type.Array(Type.String()),
  output: Type.Array(Type.String()),
  timeout: '1d' as const,
  uses: { work },
  signals: { word: Type.String() },
}

/** Takes one word a run, and works meanwhile, so that more may come. */
const collect = workflow(declared, async (ctx, words) => {
  const word = await ctx.signal('word', { timeout: '1h' })
  if (word === undefined) return words
  await ctx.work()
  return ctx.continueAsNew([...words, word])
})

/** The start of the run that continues this one. */
async function nextInput(history: HistoryBuilder) {
  const [command = ''] = await history.decide()
  expect(command).toMatch(/^continue as new /)
  return readStart(command.replace('continue as new ', ''))
}

const word = (after: `${number}s`, payload: string) => ({ after, name: 'word', payload })

test('18.4: signals not yet taken at continueAsNew are taken by the next run, in order', async () => {
  const signals = [word('1s', 'a'), word('1s', 'b'), word('1s', 'c'), word('2s', 'd')]
  const { output } = await runWorkflow(collect, [], { activities: [implement(work, async () => {})], signals })
  expect(output).toEqual(['a', 'b', 'c', 'd'])
})

test('18.4: a signal that comes between the end of the code and the close goes with it too', async () => {
  const history = buildHistory(collect, [])
  await history.decide()
  history.signaled('word', 'a')
  await history.decide()
  history.completed('Work#1')
  history.signaled('word', 'late')
  expect(await nextInput(history)).toMatchObject({
    input: '["a"]',
    earlierRun: { signals: [{ name: 'word', input: '"late"' }] },
  })
})

test('18.4: a wait that the code has left behind does not take the signal from the next run', async () => {
  const leaving = workflow(declared, async (ctx, words) => {
    void ctx.signal('word').catch(() => {})
    await ctx.work()
    return ctx.continueAsNew([...words, 'again'])
  })
  const history = buildHistory(leaving, [])
  await history.decide()
  history.completed('Work#1')
  history.signaled('word', 'late')
  expect((await nextInput(history)).earlierRun?.signals).toEqual([{ name: 'word', input: '"late"' }])
})

test("18.4: without signals left over, the next run's input is what the code gave", async () => {
  const history = buildHistory(collect, [])
  await history.decide()
  history.signaled('word', 'a')
  await history.decide()
  history.completed('Work#1')
  expect(await history.decide()).toEqual(['continue as new ["a"]'])
})

test("18.4: signals that do not fit into the next run's input are an error where the author continues", async () => {
  let thrown: unknown
  const crowded = workflow(declared, async (ctx, words) => {
    await ctx.work()
    try {
      return await ctx.continueAsNew(words)
    } catch (error) {
      thrown = error
      throw error
    }
  })
  const history = buildHistory(crowded, [])
  await history.decide()
  for (const letter of ['a', 'b', 'c']) history.signaled('word', letter.repeat(15_000))
  history.completed('Work#1')
  expect((await history.decide()).join()).toMatch(/^fail PayloadTooLargeError/)
  expect(String(thrown)).toContain('the 3 signals that no wait has taken (word)')
})
