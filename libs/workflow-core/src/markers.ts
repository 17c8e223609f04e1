import type { TSchema } from 'typebox'
import { commandName, type Commands } from './command.ts'
import { decode, encode } from './payload.ts'

/** What one execution worked out for itself and keeps in its history: each value is made once and read ever after. */
export interface Markers {
  /** Those that the history recorded for the present decision; absent while it is still to be decided. */
  recorded: ReadonlyMap<string, string | undefined> | undefined
  /** @returns the value as JSON brings it back; `undefined` where the history has none, which `decide` then tells */
  keep(id: string, schema: TSchema, make: () => unknown): unknown
}

export function createMarkers(commands: Commands): Markers {
  const markers: Markers = {
    recorded: undefined,
    keep: (id, schema, make) => {
      const { recorded } = markers
      const details = recorded === undefined ? encode(schema, make(), `Value of ${id}`) : recorded.get(id)
      commands.add({
        name: commandName.marker(id),
        decision: { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: id, details } },
      })
      return recorded?.has(id) === false ? undefined : decode(schema, details, `Value of ${id}`)
    },
  }
  return markers
}
