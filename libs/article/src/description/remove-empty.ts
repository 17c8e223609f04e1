/**
 * Takes away, everywhere in a value that was just built, what says nothing: undefined, empty lists and empty objects, and
 * what becomes empty by that. The value itself is changed, and returned.
 */
export function removeEmpty<Value extends object>(value: Value): Value {
  if (Array.isArray(value)) {
    value.splice(0, value.length, ...value.filter((item) => !isEmpty(item)))
    return value
  }
  for (const [key, item] of Object.entries(value)) {
    if (isEmpty(item)) Reflect.deleteProperty(value, key)
  }
  return value
}

function isEmpty(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return item === undefined
  return Object.keys(removeEmpty(item)).length === 0
}
