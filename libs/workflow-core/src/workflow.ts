import type { Static, TSchema, TUnknown } from 'typebox'
import type { Activity } from './activity.ts'
import { durationProblems, nameProblems } from './declaration.ts'
import type { Duration } from './duration.ts'
import { InvalidDeclaration } from './errors.ts'
import { decode, encode } from './payload.ts'

/** The steps a workflow may take, under the names that `ctx` shows them by. */
export type Uses = Readonly<Record<string, Activity>>

/** The signals a workflow may wait for, with the shapes of what they carry. */
export type Signals = Readonly<Record<string, TSchema>>

export interface StepOptions {
  /** Tells apart the steps that do the same activity: the figure, the recipient. Unique within its activity. */
  readonly key?: string
}

/** What a workflow's function is given, beside a function for each activity it uses. */
export interface WorkflowTools<S extends Signals = Signals> {
  /** When the present decision was taken; the same in every replay. */
  now(): Temporal.Instant
  /** A UUID, random for the reader and the same in every replay. */
  uuid(): string
  /** Waits by an SWF timer. A second sleep needs a key, as a second step does. */
  sleep(duration: Duration, options?: StepOptions): Promise<void>
  /**
   * The next signal of that name, in the order of their arrival; one that came before it was waited for is kept.
   * Those that do not fit the declared schema are dropped, with a warning in the log.
   */
  signal<Name extends keyof S & string>(name: Name): Promise<Static<S[Name]>>
  /** The same, or `undefined` when none came within the time-out. */
  signal<Name extends keyof S & string>(
    name: Name,
    options: { readonly timeout?: Duration },
  ): Promise<Static<S[Name]> | undefined>
  readonly execution: Execution
}

/** Which execution: the id its starter chose, and SWF's id for this run of it. */
export interface Execution {
  readonly workflowId: string
  readonly runId: string
}

/** A function for each activity used: `ctx.convertImages(input, { key })`. */
export type Steps<U extends Uses> = {
  readonly [Name in keyof U]: U[Name] extends Activity<infer Input, infer Output>
    ? (input: Static<Input>, options?: StepOptions) => Promise<Static<Output>>
    : never
}

export type Context<U extends Uses, S extends Signals> = Steps<U> & WorkflowTools<S>

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

/** A declared workflow, whatever its types: what a decider is given. */
export interface AnyWorkflow {
  readonly kind: 'workflow'
  readonly name: string
  readonly version: string
  readonly input: TSchema
  readonly output?: TSchema
  readonly timeout: Duration
  readonly uses: Uses
  readonly signals?: Signals
  /** From the input's JSON to the output's; both checked against the declaration. */
  readonly run: (engine: Engine, input: string | undefined) => Promise<string | undefined>
}

/** A declared workflow. */
export interface Workflow<
  Input extends TSchema = TSchema,
  Output extends TSchema = TSchema,
  S extends Signals = Signals,
> extends AnyWorkflow {
  readonly input: Input
  readonly output?: Output
  readonly signals?: S
}

/** What carries a workflow's function: each step, wait and tool of its `ctx`, before types. */
export interface Engine extends WorkflowTools {
  step(activity: Activity, input: unknown, options?: StepOptions): Promise<unknown>
}

const tools: readonly (keyof WorkflowTools)[] = ['now', 'uuid', 'sleep', 'signal', 'execution']

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
  body: (ctx: Context<U, S>, input: Static<Input>) => Promise<Static<Output>>,
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
      const output = await body(contextOf<U, S>(options.uses, engine), input)
      return encode(options.output, output, `Output of ${options.name}`)
    },
  })
}

function contextOf<U extends Uses, S extends Signals>(uses: U, engine: Engine): Context<U, S> {
  const steps = Object.entries(uses).map(([name, activity]) => [
    name,
    (input: unknown, options?: StepOptions) => engine.step(activity, input, options),
  ])
  // The one place where types are made of data: `Steps` says of each name what `step` does with its declaration.
  return Object.assign(Object.create(engine), Object.fromEntries(steps))
}

function usesProblems(uses: Uses): string[] {
  const problems: string[] = []
  const names = new Set<string>()
  for (const [as, { name }] of Object.entries(uses)) {
    if (tools.some((tool) => tool === as)) problems.push(`uses.${as} would hide ctx.${as}: give it another name`)
    if (names.has(name)) problems.push(`uses.${as} is activity ${name} again`)
    names.add(name)
  }
  return problems
}
