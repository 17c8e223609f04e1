import fc from 'fast-check'
import { Type } from 'typebox'
import { activity } from '../../declare/activity.ts'
import type { Context } from '../../declare/context.ts'
import type { AnyWorkflow } from '../../declare/declared-workflow.ts'
import { workflow } from '../../declare/workflow.ts'

/** A random workflow: a tree of what workflow code can do. `workflowOf` and `anyPlan` execute it. */
export type Plan =
  | { readonly does: 'step' | 'sleep' | 'child' | 'signalTo' | 'sideEffect' }
  | { readonly does: 'signal'; readonly timeout: boolean }
  | { readonly does: 'all' | 'settled' | 'race' | 'sequence'; readonly parts: readonly Plan[] }
  | { readonly does: 'caught' | 'nonCancellable'; readonly part: Plan }
  | { readonly does: 'scope'; readonly part: Plan; readonly until: Plan }

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    { weight: 5, arbitrary: fc.record({ does: fc.constant('step' as const) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('sleep', 'child', 'signalTo', 'sideEffect') }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('signal' as const), timeout: fc.boolean() }) },
    {
      weight: 6,
      arbitrary: fc.record({
        does: fc.constantFrom('all', 'settled', 'race', 'sequence'),
        parts: fc.array(tie('plan'), { minLength: 1, maxLength: 4, size: 'max' }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('caught', 'nonCancellable'), part: tie('plan') }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('scope' as const), part: tie('plan'), until: tie('plan') }) },
  ),
}))

/** Generates plans of several parts, never a single step. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  does: fc.constantFrom('all', 'settled', 'sequence'),
  parts: fc.array(plan, { minLength: 3, maxLength: 6, size: 'max' }),
})

/** Maximum number of attempts of a plan's steps. */
export const maxAttempts = 3

export const step = activity({
  name: 'Step',
  version: '1',
  input: Type.Void(),
  output: Type.String(),
  timeouts: { startToClose: '1m', heartbeat: '10s' },
  retry: { maxAttempts, initialInterval: '1s', backoffCoefficient: 2, maxInterval: '10s' },
})
export const child = workflow(
  { name: 'Child', version: '1', input: Type.Void(), timeout: '1d', uses: { step } },
  async (ctx) => void (await ctx.step(undefined)),
)
const uses = { step, child }
const signals = { word: Type.String() }
type PlanContext = Context<typeof uses, typeof signals>

const declared = { version: '1', timeout: '7d', uses, signals } as const

/** Declares the workflow of a plan. */
export function workflowOf(made: Plan): AnyWorkflow {
  return workflow({ ...declared, name: 'Planned', input: Type.Void() }, (ctx) => executePlan(ctx, made))
}

/** Executes the plan that it is started with. */
export const anyPlan = workflow({ ...declared, name: 'AnyPlan', input: Type.Unsafe<Plan>(Type.Unknown()) }, executePlan)

async function executePlan(ctx: PlanContext, made: Plan): Promise<unknown> {
  let count = 0
  return execute(ctx, made, () => `${(count += 1)}`)
}

/** Executes a plan. Keys are counted in the order of the calls, which determinism must keep the same in replays. */
async function execute(ctx: PlanContext, part: Plan, key: () => string): Promise<unknown> {
  switch (part.does) {
    case 'step':
      return ctx.step(undefined, { key: key() })
    case 'sleep':
      return ctx.sleep('10s', { key: key() })
    case 'child':
      return ctx.child(undefined, { key: key() })
    case 'signalTo':
      return ctx.signalTo('other', 'word', 'hello', { key: key() })
    case 'sideEffect':
      return ctx.sideEffect(key(), Type.Number(), Math.random)
    case 'signal':
      return ctx.signal('word', part.timeout ? { timeout: '2m' } : {})
    case 'all':
      return Promise.all(part.parts.map((each) => execute(ctx, each, key)))
    case 'settled':
      return (await Promise.allSettled(part.parts.map((each) => execute(ctx, each, key)))).map(({ status }) => status)
    case 'race':
      return Promise.race(part.parts.map((each) => execute(ctx, each, key)))
    case 'sequence': {
      const outputs: unknown[] = []
      for (const each of part.parts) outputs.push(await execute(ctx, each, key))
      return outputs
    }
    case 'caught':
      return execute(ctx, part.part, key).catch((error: unknown) => String(error))
    case 'nonCancellable':
      return ctx.nonCancellable(() => execute(ctx, part.part, key))
    default: {
      const scope = ctx.scope(() => execute(ctx, part.part, key))
      await execute(ctx, part.until, key)
      scope.cancel()
      return scope.result.catch((error: unknown) => String(error))
    }
  }
}
