import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { decide } from '../replay/decide.ts'
import { MalformedHistoryError } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { createPayloads, hasStoredValues, type PayloadStore } from '../values/payload-store.ts'

const Exported = Type.Object({
  events: Type.Array(
    Type.Object({
      eventId: Type.Integer(),
      eventType: Type.String(),
      eventTimestamp: Type.Union([Type.Number(), Type.String()]),
    }),
  ),
  execution: Type.Optional(Type.Object({ workflowId: Type.String(), runId: Type.String() })),
})

/**
 * Replays a recorded history, such as the JSON that `aws swf get-workflow-execution-history` prints, with the current code
 * of a workflow. Keep some histories of each version, and replay them before every release.
 * @param options.execution the execution, if the workflow uses its ids or `ctx.uuid`; the JSON may have it too
 * @param options.store store of the history's long values, if it has references to them
 * @returns the next decisions; none for a closed execution
 * @throws NonDeterminismError when the commands of the code differ from those in the history
 * @throws MalformedHistoryError when it is not a history
 * @throws PayloadNotFoundError when it has references to stored values and there is no store
 */
export async function replay(
  workflow: AnyWorkflow,
  history: unknown,
  options: { readonly store?: PayloadStore; readonly execution?: Execution } = {},
): Promise<Decision[]> {
  const { events: exported, execution = options.execution } = readExport(history)
  const events = await createPayloads(options.store).eventsFromSwf(exported)
  return decide(workflow, events, {
    ...(execution === undefined ? {} : { execution }),
    // Only with a store can a history have values that are too much for SWF; without one they must fail again.
    ...(options.store !== undefined || hasStoredValues(events) ? { maxPayloadLength: Infinity } : {}),
  })
}

/** Reads an exported history. @throws MalformedHistoryError */
export function readExport(history: unknown): { events: HistoryEvent[]; execution: Execution | undefined } {
  if (!Value.Check(Exported, history)) {
    const [first] = Value.Errors(Exported, history)
    throw new MalformedHistoryError(`This is not an exported history: ${first?.instancePath} ${first?.message}.`)
  }
  const events: object[] = history.events.map((event) => {
    const { eventTimestamp: at } = event
    return { ...event, eventTimestamp: new Date(typeof at === 'number' ? at * 1_000 : at) }
  })
  if (!events.every(isHistoryEvent)) throw new MalformedHistoryError('An event has an invalid eventTimestamp.')
  return { events, execution: history.execution }
}

/** Checks the time of an event. Attributes are checked where they are used, with the event's number in the error. */
function isHistoryEvent(event: object): event is HistoryEvent {
  return (
    'eventTimestamp' in event && event.eventTimestamp instanceof Date && !Number.isNaN(event.eventTimestamp.getTime())
  )
}
