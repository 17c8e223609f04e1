import fc from 'fast-check'
import { Type } from 'typebox'
import { activity } from '../../declare/activity.ts'
import type { Context } from '../../declare/context.ts'
import type { AnyWorkflow } from '../../declare/declared-workflow.ts'
import { workflow } from '../../declare/workflow.ts'

/** Workflows made at random, for tests: a plan is a tree of what workflow code can do; `planned` and `anyPlan` carry it out. */
export type Plan =
  | { readonly does: 'step' | 'sleep' | 'child' | 'tell' | 'local' }
  | { readonly does: 'signal'; readonly timeout: boolean }
  | { readonly does: 'all' | 'settled' | 'race' | 'one after the other'; readonly parts: readonly Plan[] }
  | { readonly does: 'caught' | 'shielded'; readonly part: Plan }
  | { readonly does: 'scope'; readonly part: Plan; readonly until: Plan }

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    { weight: 5, arbitrary: fc.record({ does: fc.constant('step' as const) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('sleep', 'child', 'tell', 'local') }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('signal' as const), timeout: fc.boolean() }) },
    {
      weight: 6,
      arbitrary: fc.record({
        does: fc.constantFrom('all', 'settled', 'race', 'one after the other'),
        parts: fc.array(tie('plan'), { minLength: 1, maxLength: 4, size: 'max' }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('caught', 'shielded'), part: tie('plan') }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('scope' as const), part: tie('plan'), until: tie('plan') }) },
  ),
}))

/** Never a mere leaf: several parts, of which some are trees themselves. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  does: fc.constantFrom('all', 'settled', 'one after the other'),
  parts: fc.array(plan, { minLength: 3, maxLength: 6, size: 'max' }),
})

/** How often the steps of a plan are tried. */
export const attempts = 3

export const step = activity({
  name: 'Step',
  version: '1',
  input: Type.Void(),
  output: Type.String(),
  timeouts: { run: '1m', heartbeat: '10s' },
  retry: { attempts, first: '1s', factor: 2, longest: '10s' },
})
export const child = workflow(
  { name: 'Child', version: '1', input: Type.Void(), timeout: '1d', uses: { step } },
  async (ctx) => void (await ctx.step(undefined)),
)
const uses = { step, child }
const signals = { word: Type.String() }
type PlanContext = Context<typeof uses, typeof signals>

const declared = { version: '1', timeout: '7d', uses, signals } as const

export function planned(made: Plan): AnyWorkflow {
  return workflow({ ...declared, name: 'Planned', input: Type.Void() }, (ctx) => carryOutWhole(ctx, made))
}

/** Carries out whatever plan it is started with. */
export const anyPlan = workflow(
  { ...declared, name: 'AnyPlan', input: Type.Unsafe<Plan>(Type.Unknown()) },
  carryOutWhole,
)

async function carryOutWhole(ctx: PlanContext, made: Plan): Promise<unknown> {
  let count = 0
  return carryOut(ctx, made, () => `${(count += 1)}`)
}

/** Keys are counted in the order of the calls, which is that of the history: what determinism must give. */
async function carryOut(ctx: PlanContext, part: Plan, key: () => string): Promise<unknown> {
  switch (part.does) {
    case 'step':
      return ctx.step(undefined, { key: key() })
    case 'sleep':
      return ctx.sleep('10s', { key: key() })
    case 'child':
      return ctx.child(undefined, { key: key() })
    case 'tell':
      return ctx.signalTo('other', 'word', 'hello', { key: key() })
    case 'local':
      return ctx.local(key(), Type.Number(), Math.random)
    case 'signal':
      return ctx.signal('word', part.timeout ? { timeout: '2m' } : {})
    case 'all':
      return Promise.all(part.parts.map((each) => carryOut(ctx, each, key)))
    case 'settled':
      return (await Promise.allSettled(part.parts.map((each) => carryOut(ctx, each, key)))).map(({ status }) => status)
    case 'race':
      return Promise.race(part.parts.map((each) => carryOut(ctx, each, key)))
    case 'one after the other': {
      const outputs: unknown[] = []
      for (const each of part.parts) outputs.push(await carryOut(ctx, each, key))
      return outputs
    }
    case 'caught':
      return carryOut(ctx, part.part, key).catch((error: unknown) => String(error))
    case 'shielded':
      return ctx.shielded(() => carryOut(ctx, part.part, key))
    default: {
      const scope = ctx.scope(() => carryOut(ctx, part.part, key))
      await carryOut(ctx, part.until, key)
      scope.cancel()
      return scope.result.catch((error: unknown) => String(error))
    }
  }
}
