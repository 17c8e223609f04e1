import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { decide } from '../replay/decide.ts'
import { MalformedHistory } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { createPayloads, haveLong, type PayloadStore } from '../values/payload-store.ts'

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
 * Holds a workflow's present code against a recorded history, such as the JSON that
 * `aws swf get-workflow-execution-history` writes: keep some of each version, and run them all before every release.
 * @param given.execution whose history it is, where the workflow uses its ids or `ctx.uuid`; the JSON may say it too
 * @param given.store where the history's long values lie, if it has any that were not read from it when it was exported
 * @returns what would be decided next; nothing for a closed execution
 * @throws NonDeterminism when the code does not ask for what the history recorded
 * @throws MalformedHistory when it is none
 * @throws NotInStore when it has long values and there is no store to read them from
 */
export async function replay(
  workflow: AnyWorkflow,
  history: unknown,
  given: { readonly store?: PayloadStore; readonly execution?: Execution } = {},
): Promise<Decision[]> {
  const { events: exported, execution = given.execution } = readExport(history)
  const events = await createPayloads(given.store).eventsFromSwf(exported)
  return decide(workflow, events, {
    ...(execution === undefined ? {} : { execution }),
    // What was too long for SWF failed, unless there was a store: then its history has some.
    ...(haveLong(events) ? { longestPayload: Infinity } : {}),
  })
}

/** @throws MalformedHistory */
export function readExport(history: unknown): { events: HistoryEvent[]; execution: Execution | undefined } {
  if (!Value.Check(Exported, history)) {
    const [first] = Value.Errors(Exported, history)
    throw new MalformedHistory(`That is no exported history: ${first?.instancePath} ${first?.message}.`)
  }
  const events: object[] = history.events.map((event) => {
    const { eventTimestamp: at } = event
    return { ...event, eventTimestamp: new Date(typeof at === 'number' ? at * 1_000 : at) }
  })
  if (!events.every(isHistoryEvent)) throw new MalformedHistory('One of the events has a time that is none.')
  return { events, execution: history.execution }
}

/** Attributes are looked at where they are used: an event that lacks them is found there, by its number. */
function isHistoryEvent(event: object): event is HistoryEvent {
  return (
    'eventTimestamp' in event && event.eventTimestamp instanceof Date && !Number.isNaN(event.eventTimestamp.getTime())
  )
}
