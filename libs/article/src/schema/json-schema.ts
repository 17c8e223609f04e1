/** A JSON schema, or part of one: plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : []
}

/** A place in a schema: `/properties/title`. */
export function at(schema: Json | undefined, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>(
      (value, key) => (isList(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined),
      schema,
    )
}

/** The schema with another value at a place that is there; undefined takes it away. */
export function withAt(schema: Json, pointer: string, change: (before: Json) => Json | undefined): Json {
  const [key, ...rest] = pointer.split('/').slice(1)
  if (key === undefined) return change(schema) ?? null
  const inner = isList(schema) ? schema[Number(key)] : isObject(schema) ? schema[key] : undefined
  if (inner === undefined) throw new RangeError(`The schema has nothing at ${pointer}.`)
  const changed = rest.length > 0 ? withAt(inner, `/${rest.join('/')}`, change) : change(inner)
  if (isList(schema)) return schema.flatMap((item, index) => (index === Number(key) ? (changed ?? []) : [item]))
  return { ...(isObject(schema) ? schema : {}), [key]: changed }
}

/** Every object in the schema changed, from the inside out. */
export function mapObjects(schema: Json, change: (object: JsonObject) => Json): Json {
  if (isList(schema)) return schema.map((item) => mapObjects(item, change))
  if (!isObject(schema)) return schema
  const entries = Object.entries(schema).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, mapObjects(value, change)] as const],
  )
  return change(Object.fromEntries(entries))
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
