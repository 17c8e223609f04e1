import { createHash } from 'node:crypto'
import { at, isList, isObject, type Json, type JsonObject } from './json-schema.ts'

/** A part that is shorter, as JSON, stands wherever it is used: a name for it would be no gain. */
const minShared = 120

const mapsOfSchemas = ['properties', 'patternProperties', 'definitions', 'dependencies']
const schemas = ['items', 'additionalProperties', 'not', 'allOf', 'anyOf', 'oneOf']

/**
 * Joins schemas into one, of an object with a property for each of them: `{ [name]: value }` is valid where the value is valid by
 * the schema of that name. Every part stands once under `definitions`, however often it stands in the schemas; titles and descriptions are
 * left out.
 */
export function joinSchemas(given: Readonly<Record<string, JsonObject>>): JsonObject {
  const documents = new Map(Object.entries(given).map(([name, schema]) => [name, withoutWords(schema)]))
  const classes = classesOfTargets(documents)
  const whole = new Map([...documents].map(([name, schema]) => [name, rename(schema, name, classes)]))
  const targets = new Map(
    [...classes].map(([key, name]) => {
      const [document = '', pointer = ''] = splitKey(key)
      return [name, rename(at(documents.get(document), pointer) ?? true, document, classes)]
    }),
  )
  return shareParts(whole, targets)
}

function withoutWords(schema: Json): Json {
  if (isList(schema)) return schema.map(withoutWords)
  if (!isObject(schema)) return schema
  const words = ['$schema', 'title', 'description']
  const entries = Object.entries(schema).filter(([key, value]) => !(words.includes(key) && typeof value === 'string'))
  return Object.fromEntries(entries.map(([key, value]) => [key, value === undefined ? value : withoutWords(value)]))
}

const keyOf = (document: string, pointer: string) => `${document}#${pointer}`
const splitKey = (key: string) => [key.slice(0, key.indexOf('#')), key.slice(key.indexOf('#') + 1)]

/**
 * A name for each place that a `$ref` points to; places of the same content have the same. All begin with one name, and the content under
 * these names tells apart what differs, until no more differ: parts that contain themselves are compared by that, too.
 */
function classesOfTargets(documents: ReadonlyMap<string, Json>): ReadonlyMap<string, string> {
  const found = [...documents].flatMap(([name, schema]) => refsIn(schema).map((ref) => keyOf(name, ref.slice(1))))
  let classes = new Map([...new Set(found)].map((key) => [key, '']))
  for (let before = 0, count = 1; count > before;) {
    before = count
    classes = new Map(
      [...classes.keys()].map((key) => {
        const [document = '', pointer = ''] = splitKey(key)
        const target = at(documents.get(document), pointer)
        if (target === undefined) throw new RangeError(`The schema ${document} has nothing at ${pointer}.`)
        return [key, nameOf(rename(target, document, classes))]
      }),
    )
    count = new Set(classes.values()).size
  }
  return classes
}

function refsIn(schema: Json): readonly string[] {
  if (isList(schema)) return schema.flatMap(refsIn)
  if (!isObject(schema)) return []
  const { $ref: ref } = schema
  const inside = Object.values(schema).flatMap((value) => (value === undefined ? [] : refsIn(value)))
  return typeof ref === 'string' ? [ref, ...inside] : inside
}

function rename(schema: Json, document: string, classes: ReadonlyMap<string, string>): Json {
  if (isList(schema)) return schema.map((item) => rename(item, document, classes))
  if (!isObject(schema)) return schema
  const entries = Object.entries(schema).map(([key, value]) => {
    if (key !== '$ref' || typeof value !== 'string') return [key, rename(value ?? null, document, classes)]
    return [key, `#/definitions/${classes.get(keyOf(document, value.slice(1)))}`]
  })
  return Object.fromEntries(entries)
}

function nameOf(schema: Json): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 10)
}

/** Gives every part that stands in several places a name of its own. */
function shareParts(whole: ReadonlyMap<string, Json>, targets: ReadonlyMap<string, Json>): JsonObject {
  const counts = new Map<string, number>()
  const count = (schema: Json): Json => {
    const text = JSON.stringify(schema)
    const seen = counts.get(text) ?? 0
    counts.set(text, seen + 1)
    return seen === 0 ? mapParts(schema, count) : schema
  }
  for (const schema of [...whole.values(), ...targets.values()]) count(schema)

  const names = new Map([...targets].map(([name, schema]) => [JSON.stringify(schema), name]))
  const definitions: Record<string, Json> = {}
  const share = (schema: Json): Json => {
    const text = JSON.stringify(schema)
    if (text.length < minShared || (counts.get(text) ?? 0) < 2) return mapParts(schema, share)
    const name = names.get(text) ?? nameOf(schema)
    if (!(name in definitions)) {
      definitions[name] = {}
      definitions[name] = mapParts(schema, share)
    }
    return { $ref: `#/definitions/${name}` }
  }
  for (const [name, schema] of targets) definitions[name] ??= mapParts(schema, share)
  const properties = Object.fromEntries([...whole].map(([name, schema]) => [name, mapParts(schema, share)]))
  return { type: 'object', properties, definitions }
}

/** A schema whose parts, which are schemas themselves, are changed. */
function mapParts(schema: Json, change: (part: Json) => Json): Json {
  if (!isObject(schema)) return schema
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (value === undefined) return []
    if (mapsOfSchemas.includes(key) && isObject(value)) {
      const parts = Object.entries(value).map(([name, part]) => [name, change(part ?? true)])
      return [[key, Object.fromEntries(parts)]]
    }
    if (!schemas.includes(key)) return [[key, value]]
    return [[key, isList(value) ? value.map(change) : change(value)]]
  })
  return Object.fromEntries(entries)
}
