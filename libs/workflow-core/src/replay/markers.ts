import type { Static, TSchema } from 'typebox'
import { commandName, type Commands } from '../history/command.ts'
import { NonDeterminismError } from '../values/errors.ts'
import { decode, encode } from '../values/payload.ts'

/** The side effects of one execution: each value is computed once, recorded as a marker, and read from it in replays. */
export interface Markers {
  /** Markers that the history recorded for the current decision; absent while it is still to be decided. */
  recorded: ReadonlyMap<string, string | undefined> | undefined
  /**
   * Computes a value and records it, or reads the recorded one.
   * @returns the value after its passage through JSON
   * @throws NonDeterminismError when the recorded decision has no such marker; comparing its commands then gives the details
   */
  record<Schema extends TSchema>(id: string, schema: Schema, make: () => Static<Schema>): Static<Schema>
}

/** Creates the side effects of an execution. */
export function createMarkers(commands: Commands, maxLength: number): Markers {
  const markers: Markers = {
    recorded: undefined,
    record: (id, schema, make) => {
      const { recorded } = markers
      const name = commandName.marker(id)
      const details = recorded === undefined ? encode(schema, make(), `Value of ${id}`, maxLength) : recorded.get(id)
      const recordMarkerDecisionAttributes = { markerName: id, details }
      commands.add({ name, decision: { decisionType: 'RecordMarker', recordMarkerDecisionAttributes } })
      if (recorded?.has(id) === false) throw new NonDeterminismError(`The history has no ${name}.`, undefined, name)
      return decode(schema, details, `Value of ${id}`)
    },
  }
  return markers
}
