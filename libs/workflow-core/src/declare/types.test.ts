import { expect, expectTypeOf, test } from 'vitest'
import { Type } from 'typebox'
import { activity, implement, workflow, type Duration } from '../index.ts'

/** Code that must not compile: `tsc` checks each `@ts-expect-error`. The functions are never called. */
const policy = { maxAttempts: 2, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '2m' } as const
const count = activity({
  name: 'Count',
  version: '1',
  input: Type.Object({ words: Type.Array(Type.String()) }),
  output: Type.Object({ total: Type.Integer() }),
  timeouts: { startToClose: '1m' },
  retry: policy,
})
const tidy = activity({
  name: 'Tidy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '1m' },
  retry: policy,
})

test('wrong input, output, step, signal and duration do not compile', () => {
  workflow(
    {
      name: 'W',
      version: '1',
      input: Type.Object({ id: Type.String() }),
      output: Type.Object({ total: Type.Integer() }),
      timeout: '7d',
      uses: { count, tidy },
      signals: { approved: Type.Object({ by: Type.String() }) },
    },
    async (ctx, { id }) => {
      expectTypeOf(id).toEqualTypeOf<string>()
      await ctx.tidy()
      // @ts-expect-error no such step
      await ctx.untidy()
      // @ts-expect-error words are text
      await ctx.count({ words: [1] })
      // @ts-expect-error an input is needed
      await ctx.count()
      await ctx.count({ words: [] }, { key: 'b', retry: { maxAttempts: 1, nonRetryable: ['MalformedXml'] } })
      // @ts-expect-error no such unit
      await ctx.count({ words: [] }, { key: 'c', retry: { initialInterval: '10 seconds' } })
      // @ts-expect-error a sleep is not retried
      await ctx.sleep('10s', { retry: { maxAttempts: 1 } })
      // @ts-expect-error no such signal
      await ctx.signal('refused')
      // @ts-expect-error no such unit
      await ctx.sleep('10 seconds')
      expectTypeOf(await ctx.signal('approved')).toEqualTypeOf<{ by: string }>()
      expectTypeOf(await ctx.signal('approved', { timeout: '7d' })).toEqualTypeOf<{ by: string } | undefined>()
      return ctx.count({ words: [id] }, { key: 'a' })
    },
  )
  workflow(
    { name: 'V', version: '1', input: Type.Void(), output: Type.String(), timeout: '1d', uses: { count } },
    // @ts-expect-error the output is text
    async (ctx) => ctx.count({ words: [] }),
  )
  implement(count, async ({ words }) => ({ total: words.length }))
  // @ts-expect-error the total is a number
  implement(count, async () => ({ total: 'many' }))
  implement(tidy, async () => {})
  // @ts-expect-error weeks are not a unit
  const weeks: Duration = '2w'
  expectTypeOf(weeks).toExtend<string>()
})

test('a step may not take the name of a tool', () => {
  expect(() =>
    workflow(
      {
        name: 'W',
        version: '1',
        input: Type.Void(),
        timeout: '1d',
        // @ts-expect-error it would hide ctx.sleep
        uses: { sleep: tidy },
      },
      async () => {},
    ),
  ).toThrow('uses.sleep would hide ctx.sleep')
})
