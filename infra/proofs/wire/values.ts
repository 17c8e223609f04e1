import structs from 'google-protobuf/google/protobuf/struct_pb.js'

/** A value in a resource's inputs or outputs. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value }
/** The inputs or outputs of one resource, by property. */
export type Properties = Record<string, Value>

/** The protocol's key that marks values beyond JSON, and its meanings. */
const mark = '4dabf18193072939515e22adb298388d'
const marks = {
  secret: '1b47061264138c4ac30d75fd1eb44270',
  output: 'd0e6a833031e9bbcd3f4e8bde6ca49a4',
  resource: '5cf8f73096256a8f31e491e813e4eb8e',
}
/** Stands for a value that is known only once a resource exists. */
export const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

export const toStruct = (properties: Properties): structs.Struct => structs.Struct.fromJavaScript(properties)

export const fromStruct = (struct: structs.Struct | undefined): Properties => struct?.toJavaScript() ?? {}

/** True if any part of a value is not known yet. */
export function isUnknown(value: Value | undefined): boolean {
  if (value === unknown) return true
  if (Array.isArray(value)) return value.some(isUnknown)
  return isObject(value) && Object.values(value).some(isUnknown)
}

/**
 * The plain value behind Pulumi's marks. A reference to another resource is its id.
 *
 * @param hide returns the replacement of a secret value
 */
export function plain(value: Value, hide: (value: Value) => Value = (shown) => shown): Value {
  if (Array.isArray(value)) return value.map((part) => plain(part, hide))
  if (!isObject(value)) return value
  const inner = value['value'] ?? null
  switch (value[mark]) {
    case marks.secret:
      return hide(plain(inner, hide))
    case marks.output:
      return value['secret'] === true ? hide(plain(inner, hide)) : plain(inner, hide)
    case marks.resource:
      return value['id'] ?? value['urn'] ?? null
    default:
      return plainProperties(value, hide)
  }
}

/** `plain`, for all properties of a resource. */
export const plainProperties = (properties: Properties, hide?: (value: Value) => Value): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, plain(value, hide)]))

/** True if two values are equal, whatever the order of their keys. */
export const same = (one: Value | undefined, other: Value | undefined): boolean => canonical(one) === canonical(other)

/** JSON with its keys in order. */
const canonical = (value: Value | undefined): string =>
  JSON.stringify(value, (_, part: Value) => (isObject(part) ? sorted(part) : part)) ?? ''

const sorted = (object: Properties): Properties =>
  Object.fromEntries(Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1)))

/** The text of a string, number or boolean; empty for anything else. */
export const textOf = (value: Value | undefined): string =>
  value === null || value === undefined || typeof value === 'object' ? '' : String(value)

/** The parts of a list; none of anything else. */
export const listOf = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : [])

export const isObject = (value: unknown): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
