import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { PayloadNotFoundError } from '../values/errors.ts'
import { decode, isReference } from '../values/payload.ts'

/**
 * Results of an earlier run that a rerun starts with, or signals that the run before a continue-as-new had not taken. They are
 * part of the new execution's input, so that its history alone is enough to replay it.
 */
export const EarlierRun = Type.Object({
  /** The first run, which seeds `ctx.uuid` in all reruns; absent where a run continues as new, which seeds its own. */
  execution: Type.Optional(Type.Object({ workflowId: Type.String(), runId: Type.String() })),
  /** Results of steps, sleeps, children and external signals by id, with the version of the activity or child. */
  done: Type.Record(
    Type.String(),
    Type.Object({ version: Type.Optional(Type.String()), value: Type.Optional(Type.Unknown()) }),
  ),
  /** Values of side effects, by name. */
  local: Type.Record(Type.String(), Type.Object({ value: Type.Optional(Type.Unknown()) })),
  /** Signals received, in order. */
  signals: Type.Array(Type.Object({ name: Type.String(), input: Type.Optional(Type.String()) })),
})
export type EarlierRun = Static<typeof EarlierRun>

const Envelope = Type.Object({ earlierRun: EarlierRun, input: Type.Optional(Type.Unknown()) })
const opening = '{"earlierRun":'

/** A signal as it arrived. */
export type ReceivedSignal = EarlierRun['signals'][number]

/** Writes the input of a run that continues another, with the signals that nobody has taken yet. */
export function writeContinuation(input: string | undefined, signals: readonly ReceivedSignal[], subject: string) {
  return signals.length === 0 ? input : writeRerun(input, { done: {}, local: {}, signals: [...signals] }, subject)
}

/** Writes the input of a rerun. @throws InvalidPayloadError when the original input is not JSON */
export function writeRerun(input: string | undefined, earlierRun: EarlierRun, subject: string): string {
  return JSON.stringify({ earlierRun, input: decode(undefined, input, subject) })
}

/**
 * Splits the input of an execution into the workflow's own input and the results of an earlier run, if any.
 * @throws PayloadNotFoundError when it is a reference that was not read from its store
 */
export function readStart(text: string | undefined): {
  input: string | undefined
  earlierRun?: EarlierRun
} {
  if (text !== undefined && isReference(text))
    throw new PayloadNotFoundError(`The input is ${text}: read it from the store first.`)
  if (text?.startsWith(opening) !== true) return { input: text }
  const parsed: unknown = JSON.parse(text)
  if (!Value.Check(Envelope, parsed)) return { input: text }
  const { earlierRun, input } = parsed
  return { input: input === undefined ? undefined : JSON.stringify(input), earlierRun }
}
