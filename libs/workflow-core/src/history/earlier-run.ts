import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { NotInStore } from '../values/errors.ts'
import { decode, isReference } from '../values/payload.ts'

/**
 * What a rerun is given of the run before it, beside the input: it travels in the new execution's own input, so that its
 * history alone says all there is to replay.
 */
export const EarlierRun = Type.Object({
  /** The first run of them: what chance is drawn from stays the same. */
  execution: Type.Object({ workflowId: Type.String(), runId: Type.String() }),
  /** What steps, sleeps, children and signals to others gave, by their ids, with the version of what gave it. */
  done: Type.Record(
    Type.String(),
    Type.Object({ version: Type.Optional(Type.String()), value: Type.Optional(Type.Unknown()) }),
  ),
  /** What was worked out locally, by name. */
  local: Type.Record(Type.String(), Type.Object({ value: Type.Optional(Type.Unknown()) })),
  /** The signals that had come, in order. */
  signals: Type.Array(Type.Object({ name: Type.String(), input: Type.Optional(Type.String()) })),
})
export type EarlierRun = Static<typeof EarlierRun>

const Envelope = Type.Object({ earlierRun: EarlierRun, input: Type.Optional(Type.Unknown()) })
const opening = '{"earlierRun":'

/** The input of a rerun. @throws InvalidPayload when the input was no JSON, so that no rerun can mend it */
export function writeRerun(input: string | undefined, earlierRun: EarlierRun, subject: string): string {
  return JSON.stringify({ earlierRun, input: decode(undefined, input, subject) })
}

/**
 * The workflow's own input of what an execution was started with, and what it is given of an earlier run.
 * @throws NotInStore when it was not read from its store
 */
export function readStart(text: string | undefined): {
  input: string | undefined
  earlierRun?: EarlierRun
} {
  if (text !== undefined && isReference(text))
    throw new NotInStore(`The input is ${text}: read it from the store first.`)
  if (text?.startsWith(opening) !== true) return { input: text }
  const parsed: unknown = JSON.parse(text)
  if (!Value.Check(Envelope, parsed)) return { input: text }
  const { earlierRun, input } = parsed
  return { input: input === undefined ? undefined : JSON.stringify(input), earlierRun }
}
