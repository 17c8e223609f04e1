import { createHash } from 'node:crypto'
import { type Static, type TSchema, Type } from 'typebox'
import type { Engine, AnyWorkflow } from '../declare/declared-workflow.ts'
import type { StepOptions } from '../declare/workflow-tools.ts'
import type { Command } from '../history/command.ts'
import type { EarlierRun } from '../history/earlier-run.ts'
import type { Start } from '../history/workflow-event.ts'
import type { Wait } from './awaitables/pending-promises.ts'
import { createScope, replaying, type Scope } from './awaitables/scope.ts'
import { continuation } from './closing.ts'
import type { Parts } from './execution-runtime.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { Cancelled, DuplicateStep } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import type { Logger } from '../values/logger.ts'
import { check, encode } from '../values/payload.ts'
import { stepId } from '../values/step-id.ts'

const Nothing = Type.Void()
const Arrived = Type.Boolean()

/** Where an execution stands while its code runs. */
export interface Standing {
  now: Temporal.Instant
  /** What it was started with; known before any of its code runs. */
  start: Start | undefined
  /** What it is given of an earlier run. */
  earlierRun: EarlierRun | undefined
  /** How it ends, once it does; the first end stands. */
  end: Command | undefined
}

/** What `ctx` does: each call is named, checked, and handed to the part that carries it. */
export function createEngine(
  workflow: AnyWorkflow,
  execution: Execution,
  { waits, timers, steps, children, signalling, inbox, markers, root }: Parts,
  standing: Standing,
  longest: number,
  log: Logger,
): Engine {
  const kept = new Set<string>()
  let uuids = 0
  const here = () => replaying.getStore()?.scope ?? root
  const run = <Result>(scope: Scope, body: () => Promise<Result>) => replaying.run({ execution, scope }, body)

  /** Begins a wait, unless an earlier run has what it waits for. @param called the function that the author called */
  const begin = <Output extends TSchema>(
    called: (...given: never[]) => unknown,
    id: string,
    { version, output }: { readonly version?: string; readonly output?: Output },
    start: (wait: Wait<Static<Output>>) => () => void,
  ) =>
    waits.begin<Static<Output>>(called, id, here(), (wait) => {
      const before = standing.earlierRun?.done[id]
      if (before === undefined || before.version !== version) return start(wait)
      const { value } = before
      wait.resolve(given(output, value, `Output of ${id} in the run before`))
      return () => {}
    })

  const engine: Engine = {
    longest,
    execution,
    log,
    now: () => standing.now,
    uuid: () => {
      const { workflowId, runId } = standing.earlierRun?.execution ?? execution
      return uuidOf(`${workflowId} ${runId} ${(uuids += 1)}`)
    },

    sleep: (duration, { key } = {}) => {
      const id = stepId('sleep', key)
      return begin(engine.sleep, id, { output: Nothing }, ({ resolve, reject }) => {
        const refused = (cause: string) => reject(new Error(`SWF refused the timer of ${id}: ${cause}`))
        timers.start(id, toSeconds(duration), () => resolve(), refused)
        return () => {
          timers.cancel(id)
          reject(new Cancelled(`${id} was cancelled.`))
        }
      })
    },

    signal: (name: string, { timeout }: { readonly timeout?: Duration } = {}) => inbox.wait(name, timeout, here()),

    signalTo: (workflowId, name, payload, { key }: StepOptions = {}) => {
      const id = stepId(`${name} to ${workflowId}`, key)
      return begin(engine.signalTo, id, { output: Arrived }, (wait) =>
        signalling.begin({ id, workflowId, name, payload }, wait),
      )
    },

    step: (what, input, options = {}) => {
      const { key } = options
      if (what.kind === 'activity') {
        const id = stepId(what.name, key)
        return begin(engine.step, id, what, (wait) =>
          steps.begin({ id, activity: what, key, input, retry: options.retry }, wait),
        )
      }
      const id = options.workflowId ?? stepId(`${execution.workflowId}.${what.name}`, key)
      const taskList = standing.start?.taskList?.name
      return begin(engine.step, id, what, (wait) =>
        children.begin({ id, workflow: what, input, taskList, options }, wait),
      )
    },

    local: (name, schema, make) => {
      if (kept.has(name)) throw new DuplicateStep(`Local value ${name} was made before: give each a name of its own.`)
      kept.add(name)
      const before = standing.earlierRun?.local[name]
      if (before === undefined) return markers.keep(name, schema, make)
      return markers.keep(name, schema, () => given(schema, before.value, `Value of ${name} in the run before`))
    },

    scope: (body) => {
      const scope = createScope(here())
      const result = run(scope, body)
      result.catch(() => {})
      return { result, cancel: scope.cancel }
    },
    shielded: (body) => run(createScope(), body),

    continueAsNew: (input) => {
      const text = encode(workflow.input, input, `Input of ${workflow.name}, continued`, longest)
      standing.end ??= continuation(text, standing.start)
      return new Promise(() => {})
    },
  }
  return engine
}

function given<Schema extends TSchema>(schema: Schema | undefined, value: unknown, subject: string): Static<Schema> {
  check(schema, value, subject)
  return value
}

/** The text's UUID of version 8, the one for own recipes. */
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
