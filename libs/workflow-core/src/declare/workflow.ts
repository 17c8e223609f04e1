import type { Static, TSchema, TUnknown } from 'typebox'
import type { Context } from './context.ts'
import type { Engine, Uses, Workflow } from './declared-workflow.ts'
import type { Signals, WorkflowTools } from './workflow-tools.ts'
import { durationProblems, nameProblems } from '../values/declaration.ts'
import type { Duration } from '../values/duration.ts'
import { InvalidDeclaration } from '../values/errors.ts'
import { decode, encode } from '../values/payload.ts'

/** What `workflow` is given. */
export interface WorkflowOptions<Input extends TSchema, Output extends TSchema, U extends Uses, S extends Signals> {
  readonly name: string
  /** Running executions keep theirs: change the body only in ways their histories allow, or make a new version. */
  readonly version: string
  /** Shape of the input; JSON. */
  readonly input: Input
  /** Shape of what the function returns; JSON. Absent: anything. */
  readonly output?: Output
  /** How long an execution may last, waiting for people included. */
  readonly timeout: Duration
  readonly uses: U
  readonly signals?: S
}

const tools: Readonly<Record<keyof WorkflowTools, true>> = {
  execution: true,
  log: true,
  now: true,
  uuid: true,
  sleep: true,
  signal: true,
  signalTo: true,
  local: true,
  scope: true,
  shielded: true,
  continueAsNew: true,
}

/** Steps named as a tool would hide it. */
type Named<U> = { readonly [Name in keyof U & keyof WorkflowTools]: never }

/**
 * Declares a workflow: a plain async function that survives anything, for it is replayed over SWF's history at every
 * decision. So it must be pure: no clock, randomness, environment or I/O but those of `ctx` (see DESIGN.md).
 * @example
 * export const publish = workflow(
 *   { name: 'Publish', version: '1', input: Delivery, timeout: '7d', uses: { expand, convertImages, depositAssets } },
 *   async (ctx, delivery) => {
 *     const article = await ctx.expand(delivery)
 *     await Promise.all([ctx.convertImages(article), ctx.depositAssets(article)])
 *   },
 * )
 * @throws InvalidDeclaration listing every problem
 */
export function workflow<
  Input extends TSchema,
  const U extends Uses,
  Output extends TSchema = TUnknown,
  // oxlint-disable-next-line no-generated-empty-object-type -- none declared, none to wait for
  const S extends Signals = Record<never, never>,
>(
  options: WorkflowOptions<Input, Output, U & Named<U>, S>,
  body: (ctx: Context<U, S, Static<Input>>, input: Static<Input>) => Promise<Static<Output>>,
): Workflow<Input, Output, S> {
  const problems = [
    ...nameProblems(options),
    ...durationProblems({ timeout: options.timeout }),
    ...usesProblems(options.uses),
  ]
  if (problems.length > 0) throw new InvalidDeclaration(`Workflow ${options.name}`, problems)
  return Object.freeze({
    ...options,
    kind: 'workflow' as const,
    run: async (engine: Engine, text: string | undefined) => {
      const input = decode(options.input, text, `Input of ${options.name}`)
      const output = await body(contextOf<U, S, Static<Input>>(options.uses, engine), input)
      return encode(options.output, output, `Output of ${options.name}`, engine.longest)
    },
  })
}

function contextOf<U extends Uses, S extends Signals, Input>(uses: U, engine: Engine): Context<U, S, Input> {
  const steps = Object.entries(uses).map(([name, what]) => [
    name,
    // Bound, not wrapped: the first line of an error's stack is the author's.
    engine.step.bind(engine, what),
  ])
  // The one place where types are made of data: `Steps` says of each name what `step` does with its declaration.
  return Object.assign(Object.create(engine), Object.fromEntries(steps))
}

function usesProblems(uses: Uses): string[] {
  const problems: string[] = []
  const names = new Set<string>()
  for (const [as, { name }] of Object.entries(uses)) {
    if (Object.hasOwn(tools, as)) problems.push(`uses.${as} would hide ctx.${as}: give it another name`)
    if (names.has(name)) problems.push(`uses.${as} is ${name} again`)
    names.add(name)
  }
  return problems
}
