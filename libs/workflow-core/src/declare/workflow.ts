import type { Static, TSchema, TUnknown } from 'typebox'
import type { Context } from './context.ts'
import type { Engine, Uses, Workflow } from './declared-workflow.ts'
import type { Signals, WorkflowTools } from './workflow-tools.ts'
import { durationProblems, nameProblems, priorityProblems } from '../values/declaration.ts'
import type { Duration } from '../values/duration.ts'
import { InvalidDeclarationError } from '../values/errors.ts'
import { decode, encode } from '../values/payload.ts'

/** Options of {@link workflow}. */
export interface WorkflowOptions<Input extends TSchema, Output extends TSchema, U extends Uses, S extends Signals> {
  readonly name: string
  /** Open executions keep the version they started with: change the body compatibly, or declare a new version. */
  readonly version: string
  /** Schema of the input, which is JSON. */
  readonly input: Input
  /** Schema of the return value, which is JSON. Absent: any value. */
  readonly output?: Output
  /** Maximum duration of an execution, including waiting for people. */
  readonly timeout: Duration
  /** SWF's priority of its decision tasks, for as long as an execution lasts: the highest number is handed out first. Default 0. */
  readonly priority?: number
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
  sideEffect: true,
  scope: true,
  nonCancellable: true,
  continueAsNew: true,
}

/** Forbids step names that would hide a member of `ctx`. */
type Named<U> = { readonly [Name in keyof U & keyof WorkflowTools]: never }

/**
 * Declares a workflow: an async function that survives restarts, because every decision replays it over SWF's history.
 * It must be deterministic: time, randomness and I/O only by `ctx` (see DESIGN.md).
 * @example
 * export const publish = workflow(
 *   { name: 'Publish', version: '1', input: Delivery, timeout: '7d', uses: { expand, convertImages, depositAssets } },
 *   async (ctx, delivery) => {
 *     const article = await ctx.expand(delivery)
 *     await Promise.all([ctx.convertImages(article), ctx.depositAssets(article)])
 *   },
 * )
 * @throws InvalidDeclarationError listing every problem
 */
export function workflow<
  Input extends TSchema,
  const U extends Uses,
  Output extends TSchema = TUnknown,
  // oxlint-disable-next-line no-generated-empty-object-type -- no signals declared, none to wait for
  const S extends Signals = Record<never, never>,
>(
  options: WorkflowOptions<Input, Output, U & Named<U>, S>,
  body: (ctx: Context<U, S, Static<Input>>, input: Static<Input>) => Promise<Static<Output>>,
): Workflow<Input, Output, S> {
  const problems = [
    ...nameProblems(options),
    ...durationProblems({ timeout: options.timeout }),
    ...priorityProblems(options.priority),
    ...usesProblems(options.uses),
  ]
  if (problems.length > 0) throw new InvalidDeclarationError(`Workflow ${options.name}`, problems)
  return Object.freeze({
    ...options,
    kind: 'workflow' as const,
    run: async (engine: Engine, text: string | undefined) => {
      const input = decode(options.input, text, `Input of ${options.name}`)
      const output = await body(contextOf<U, S, Static<Input>>(options.uses, engine), input)
      return encode(options.output, output, `Output of ${options.name}`, engine.maxPayloadLength)
    },
  })
}

function contextOf<U extends Uses, S extends Signals, Input>(uses: U, engine: Engine): Context<U, S, Input> {
  const steps = Object.entries(uses).map(([name, target]) => [
    name,
    // Bound, not wrapped, so that the first line of an error's stack is the author's.
    engine.step.bind(engine, target),
  ])
  // `Object.assign` is untyped here: `Steps` gives each name the type that `step` has for its declaration.
  return Object.assign(Object.create(engine), Object.fromEntries(steps))
}

function usesProblems(uses: Uses): string[] {
  const problems: string[] = []
  const names = new Set<string>()
  for (const [as, { name }] of Object.entries(uses)) {
    if (Object.hasOwn(tools, as)) problems.push(`uses.${as} would hide ctx.${as}: give it another name`)
    if (names.has(name)) problems.push(`uses.${as} is ${name}, which is already used`)
    names.add(name)
  }
  return problems
}
