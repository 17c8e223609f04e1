import type { Static, TSchema } from 'typebox'
import { commandName, type Commands } from '../history/command.ts'
import { NonDeterminism } from '../values/errors.ts'
import { decode, encode } from '../values/payload.ts'

/** What one execution worked out for itself and keeps in its history: each value is made once and read ever after. */
export interface Markers {
  /** Those that the history recorded for the present decision; absent while it is still to be decided. */
  recorded: ReadonlyMap<string, string | undefined> | undefined
  /**
   * @returns the value as JSON brings it back
   * @throws NonDeterminism to stop the code when the decision is over and had no such value; its comparison says the rest
   */
  keep<Schema extends TSchema>(id: string, schema: Schema, make: () => Static<Schema>): Static<Schema>
}

export function createMarkers(commands: Commands, longest: number): Markers {
  const markers: Markers = {
    recorded: undefined,
    keep: (id, schema, make) => {
      const { recorded } = markers
      const name = commandName.marker(id)
      const details = recorded === undefined ? encode(schema, make(), `Value of ${id}`, longest) : recorded.get(id)
      const recordMarkerDecisionAttributes = { markerName: id, details }
      commands.add({ name, decision: { decisionType: 'RecordMarker', recordMarkerDecisionAttributes } })
      if (recorded?.has(id) === false) throw new NonDeterminism(`The history has no ${name}.`, undefined, name)
      return decode(schema, details, `Value of ${id}`)
    },
  }
  return markers
}
