import { createHash } from 'node:crypto'
import { type Static, type TSchema, Type } from 'typebox'
import type { Engine, AnyWorkflow } from '../declare/declared-workflow.ts'
import type { StepOptions } from '../declare/workflow-tools.ts'
import type { Command } from '../history/command.ts'
import { writeContinuation, type EarlierRun, type ReceivedSignal } from '../history/earlier-run.ts'
import type { Start } from '../history/workflow-event.ts'
import type { Deferred } from './awaitables/pending-promises.ts'
import { createScope, replaying, type Scope } from './awaitables/scope.ts'
import { continuation } from './closing.ts'
import type { ExecutionRuntime } from './execution-runtime.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { CancelledFailure, DuplicateStepError, PayloadTooLargeError } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import type { Logger } from '../values/logger.ts'
import { check, encode } from '../values/payload.ts'
import { stepId } from '../values/step-id.ts'

const Nothing = Type.Void()
const Arrived = Type.Boolean()

/** The state of an execution while its code runs. */
export interface ExecutionState {
  now: Temporal.Instant
  /** Attributes with which it was started; set before any of its code runs. */
  start: Start | undefined
  /** Results of an earlier run, if it is a rerun. */
  earlierRun: EarlierRun | undefined
  /**
   * Makes the command that closes it, once there is one; the first one stands. It is made again with each decision, for signals
   * may have arrived that go with it.
   */
  end: (() => Command) | undefined
}

/** Creates the functions of `ctx`: each call gets an id, is checked, and is passed on to the execution's runtime. */
export function createEngine(
  workflow: AnyWorkflow,
  execution: Execution,
  { pendingPromises, timers, steps, children, externalSignals, inbox, markers, root }: ExecutionRuntime,
  state: ExecutionState,
  maxPayloadLength: number,
  log: Logger,
): Engine {
  const sideEffects = new Set<string>()
  let uuids = 0
  const currentScope = () => replaying.getStore()?.scope ?? root
  const run = <Result>(scope: Scope, body: () => Promise<Result>) => replaying.run({ execution, scope }, body)

  /** Creates the promise of a step, resolved at once if an earlier run has its result. @param called the function called */
  const begin = <Output extends TSchema>(
    called: (...given: never[]) => unknown,
    id: string,
    { version, output }: { readonly version?: string; readonly output?: Output },
    start: (deferred: Deferred<Static<Output>>) => () => void,
  ) =>
    pendingPromises.begin<Static<Output>>(called, id, currentScope(), (deferred) => {
      const before = state.earlierRun?.done[id]
      if (before === undefined || before.version !== version) return start(deferred)
      const { value } = before
      deferred.resolve(checked(output, value, `Output of ${id} in the earlier run`))
      return () => {}
    })

  const engine: Engine = {
    maxPayloadLength,
    execution,
    log,
    now: () => state.now,
    uuid: () => {
      const { workflowId, runId } = state.earlierRun?.execution ?? execution
      return uuidOf(`${workflowId} ${runId} ${(uuids += 1)}`)
    },

    sleep: (duration, { key } = {}) => {
      const id = stepId('sleep', key)
      return begin(engine.sleep, id, { output: Nothing }, ({ resolve, reject }) => {
        const refused = (cause: string) => reject(new Error(`SWF did not start the timer of ${id}: ${cause}`))
        timers.start(id, toSeconds(duration), () => resolve(), refused)
        return () => {
          timers.cancel(id)
          reject(new CancelledFailure(`${id} was cancelled.`))
        }
      })
    },

    signal: (name: string, { timeout }: { readonly timeout?: Duration } = {}) =>
      inbox.wait(name, timeout, currentScope()),

    signalTo: (workflowId, name, payload, { key }: StepOptions = {}) => {
      const id = stepId(`${name} to ${workflowId}`, key)
      return begin(engine.signalTo, id, { output: Arrived }, (deferred) =>
        externalSignals.begin({ id, workflowId, name, payload }, deferred),
      )
    },

    step: (target, input, options = {}) => {
      const { key } = options
      if (target.kind === 'activity') {
        const id = stepId(target.name, key)
        return begin(engine.step, id, target, (deferred) =>
          steps.begin({ id, activity: target, key, input, retry: options.retry }, deferred),
        )
      }
      const id = options.workflowId ?? stepId(`${execution.workflowId}.${target.name}`, key)
      const taskList = state.start?.taskList?.name
      return begin(engine.step, id, target, (deferred) =>
        children.begin({ id, workflow: target, input, taskList, options }, deferred),
      )
    },

    sideEffect: (name, schema, make) => {
      if (sideEffects.has(name))
        throw new DuplicateStepError(`Side effect ${name} was already called: give each a name of its own.`)
      sideEffects.add(name)
      const before = state.earlierRun?.local[name]
      if (before === undefined) return markers.record(name, schema, make)
      return markers.record(name, schema, () => checked(schema, before.value, `Value of ${name} in the earlier run`))
    },

    scope: (body) => {
      const scope = createScope(currentScope())
      const result = run(scope, body)
      result.catch(() => {})
      return { result, cancel: scope.cancel }
    },
    nonCancellable: (body) => run(createScope(), body),

    continueAsNew: (input) => {
      const subject = `Input of ${workflow.name}, continued`
      const text = encode(workflow.input, input, subject, maxPayloadLength)
      const again = () => continuation(withSignals(text, inbox.untaken(), subject, maxPayloadLength), state.start)
      // Here rather than with the decision, so that signals that do not fit are an error at the author's line.
      if (state.end === undefined) again()
      state.end ??= again
      inbox.close()
      return new Promise(() => {})
    },
  }
  return engine
}

/** Adds the signals that nobody has taken to the input of the next run. @throws PayloadTooLargeError */
function withSignals(
  input: string | undefined,
  signals: readonly ReceivedSignal[],
  subject: string,
  maxLength: number,
): string | undefined {
  const text = writeContinuation(input, signals, subject)
  if (text === undefined || text.length <= maxLength) return text
  const names = [...new Set(signals.map(({ name }) => name))].join(', ')
  throw new PayloadTooLargeError(
    `${subject} and the ${signals.length} signals that no wait has taken (${names}) have ${text.length} characters of ` +
      `JSON; SWF takes at most ${maxLength}. Take the signals before continuing as new, or give the client and its ` +
      'deciders a payload store.',
  )
}

/** Returns a value once it is checked against a schema. @throws InvalidPayloadError */
function checked<Schema extends TSchema>(schema: Schema | undefined, value: unknown, subject: string): Static<Schema> {
  check(schema, value, subject)
  return value
}

/** Derives a UUID of version 8 (custom) from a text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}
