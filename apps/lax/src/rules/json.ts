/** A JSON object whose keys are not known. */
export type Json = Record<string, unknown>

export function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns the object with those keys that `wanted` chooses. */
export function keepKeys(object: Json, wanted: (key: string) => boolean): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => wanted(key)))
}
