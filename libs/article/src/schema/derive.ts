import { blockKinds, loosenings, names, properties } from './changes.ts'
import { at, isList, isObject, mapObjects, objectsIn, withAt, type Json, type JsonObject } from './json-schema.ts'

/** Parts that are one of several kinds, which their `type` tells. */
const unions = ['block', 'author', 'reference']

/**
 * Derives our schema of article JSON from the public API's of a VoR: shared parts get names, parts of several kinds are told
 * apart by `type` (so that one fault gives one error), then the changes of `changes.ts` are made.
 */
export function deriveSchema(publicVor: JsonObject): JsonObject {
  const told = unions.reduce<Json>(tellApart, nameParts(withoutWords(publicVor)))
  const wide = mapObjects(told, (object) => (allowsBlocks(object) ? { ...object, items: ref('block') } : object))
  const figures = withAt(wide, '/definitions/block-figure/properties/assets/items/allOf/0', () => ref('block'))
  const whole = withAt(figures, '/definitions/inner-block', () => undefined)
  const loose = loosenings.flatMap(({ changes }) => changes).reduce<Json>(loosen, whole)
  const added = properties.reduce<Json>(addProperty, blockKinds.reduce<Json>(addBlock, loose))
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Article' }
  return isObject(added) ? { ...head, ...added } : head
}

/** Without titles and descriptions of schemas; properties of these names are schemas and stay. */
function withoutWords(schema: JsonObject): Json {
  return mapObjects(schema, ({ $schema: _, title, description, ...rest }) => ({
    ...rest,
    ...(isObject(title) && { title }),
    ...(isObject(description) && { description }),
  }))
}

const ref = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` })

/** Moves the named parts under `/definitions`, and has everything refer to them by name. */
function nameParts(schema: Json): Json {
  const byPointer = new Map<string, string>(Object.entries(names).map(([name, pointer]) => [`#${pointer}`, name]))
  const definitions: Record<string, Json> = {}
  let rest: Json = mapObjects(schema, (object) => {
    const target = typeof object['$ref'] === 'string' ? object['$ref'] : ''
    const name = byPointer.get(target)
    return name === undefined ? object : ref(name)
  })
  // What is inside another comes first, else it would move away with it.
  const inOrder = Object.entries(names).toSorted(([, a], [, b]) => b.length - a.length)
  const leftovers = new Map<string, string>()
  for (const [name, pointer] of inOrder) {
    rest = withAt(rest, pointer, (part) => {
      definitions[name] = part
      return ref(name)
    })
    leftovers.set(`#${pointer}`, `#/definitions/${name}`)
  }
  const whole: Json = { ...(isObject(rest) ? rest : {}), definitions }
  return mapObjects(whole, (object) => {
    const target = object['$ref']
    if (typeof target !== 'string' || target.startsWith('#/definitions/')) return object
    // A pointer into a part that has moved: the longest part that it begins with.
    const [from, to] = [...leftovers]
      .toSorted(([a], [b]) => b.length - a.length)
      .find(([a]) => target.startsWith(`${a}/`)) ?? ['', '']
    return { ...object, $ref: to + target.slice(from.length) }
  })
}

/** Gives each kind of a part a definition `<part>-<type>`, and lets `type` choose between them. */
function tellApart(schema: Json, part: string): Json {
  const definition = at(schema, `/definitions/${part}`)
  if (!isObject(definition)) throw new TypeError(`The schema has no ${part}.`)
  const kinds = new Map<string, JsonObject>()
  for (const kind of kindsOf(definition, schema)) for (const type of typesOf(kind, schema)) kinds.set(type, kind)
  const union = {
    type: 'object',
    required: ['type'],
    discriminator: { propertyName: 'type' },
    oneOf: [...kinds.keys()].map((type) => choice(part, type)),
  }
  const common = part === 'reference' ? { ...objectsIn(definition['allOf'])[0] } : {}
  const definitions = at(schema, '/definitions')
  return {
    ...(isObject(schema) ? schema : {}),
    definitions: {
      ...(isObject(definitions) ? definitions : {}),
      [part]: {
        ...common,
        ...union,
        required: [...new Set(['type', ...(isList(common['required']) ? common['required'] : [])])],
      },
      ...Object.fromEntries([...kinds].map(([type, kind]) => [`${part}-${type}`, kind])),
    },
  }
}

const choice = (part: string, type: string): JsonObject => ({
  properties: { type: { const: type } },
  allOf: [ref(`${part}-${type}`)],
})

/** The alternatives of a part, however deep its `oneOf` are nested; what all have in common is with each. */
function kindsOf(schema: JsonObject, whole: Json): readonly JsonObject[] {
  if (ownTypes(schema).length > 0) return [schema]
  const target = resolve(schema, whole)
  if (target !== schema) return kindsOf(target, whole).length === 1 ? [schema] : kindsOf(target, whole)
  const { oneOf, ...common } = schema
  if (oneOf !== undefined) {
    const { definitions: _, type: __, required: ___, ...rest } = common
    return objectsIn(oneOf)
      .flatMap((branch) => kindsOf(branch, whole))
      .map((kind) => (Object.keys(rest).length > 0 ? { allOf: [rest, kind] } : kind))
  }
  const parts = objectsIn(schema['allOf'])
  const union = parts.find((part) => part['oneOf'] !== undefined && typesOf(part, whole).length === 0)
  if (!union) return [schema]
  const others = parts.filter((part) => part !== union)
  const inReference = others.some((other) => isObject(at(other, '/properties/discriminator')))
  return kindsOf(union, whole).map((kind) => (inReference ? kind : { allOf: [...others, kind] }))
}

/** The values of `type` that a kind allows. */
function typesOf(kind: JsonObject, whole: Json): readonly string[] {
  const target = resolve(kind, whole)
  return [...ownTypes(target), ...objectsIn(target['allOf']).flatMap((part) => typesOf(part, whole))]
}

function ownTypes(schema: JsonObject): readonly string[] {
  const values = at(schema, '/properties/type/enum')
  return isList(values) ? values.filter((value) => typeof value === 'string') : []
}

function resolve(schema: JsonObject, whole: Json): JsonObject {
  const target = schema['$ref']
  const found = typeof target === 'string' ? at(whole, target.slice(1)) : schema
  return isObject(found) ? found : schema
}

/** A list of paragraphs, or of one or another kind of block: the text of something. */
function allowsBlocks({ items }: JsonObject): boolean {
  if (!isObject(items)) return false
  const branches = items['oneOf'] === undefined ? [items] : objectsIn(items['oneOf'])
  return branches.some(({ $ref: target }) =>
    ['paragraph', 'inner-block'].some((name) => target === `#/definitions/${name}`),
  )
}

function loosen(schema: Json, { at: place, optional, becomes }: (typeof loosenings)[number]['changes'][number]): Json {
  if (becomes !== undefined) return withAt(schema, place, () => becomes ?? undefined)
  if (at(schema, place) === undefined) throw new RangeError(`The schema has nothing at ${place}.`)
  return withAt(schema, place, (part) => withoutRequired(part, optional ?? []))
}

function withoutRequired(schema: Json, keys: readonly string[]): Json {
  if (!isObject(schema)) return schema
  const { required, allOf, ...rest } = schema
  const still = isList(required) ? required.filter((key) => typeof key !== 'string' || !keys.includes(key)) : []
  return {
    ...rest,
    ...(isList(allOf) && { allOf: allOf.map((part) => withoutRequired(part, keys)) }),
    ...(still.length > 0 && { required: still }),
  }
}

function addBlock(schema: Json, { type, required, properties: known }: (typeof blockKinds)[number]): Json {
  const kind = { type: 'object', required: required ?? [], properties: known }
  const defined = withAt(schema, '/definitions', (all) => ({ ...(isObject(all) ? all : {}), [`block-${type}`]: kind }))
  return withAt(defined, '/definitions/block/oneOf', (all) => [...(isList(all) ? all : []), choice('block', type)])
}

function addProperty(schema: Json, { of, name, schema: value }: (typeof properties)[number]): Json {
  return withAt(schema, of === 'article' ? '' : `/definitions/${of}`, (part) => ({
    ...(isObject(part) ? part : {}),
    properties: { ...(isObject(part) && isObject(part['properties']) ? part['properties'] : {}), [name]: value },
  }))
}
