import { describeSchema } from '@continuum/service'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { isRecord } from '../model/overlay.ts'
import type { Problem } from './validation-error.ts'

/** Every value that is missing, not of its schema or not known to it. */
export function shapeProblems(schema: TSchema, value: unknown, path = ''): Problem[] {
  if (Type.IsObject(schema) && isRecord(value)) {
    const at = (key: string) => (path === '' ? key : `${path}.${key}`)
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(schema.properties, key))
    return [
      ...Object.entries<TSchema>(schema.properties).flatMap(([key, property]) => {
        const held: unknown = Reflect.get(value, key)
        if (held !== undefined) return shapeProblems(property, held, at(key))
        return schema.required?.includes(key)
          ? [{ path: at(key), text: `is missing: it must be ${describeSchema(property)}` }]
          : []
      }),
      ...unknown.map((key) => ({
        path: at(key),
        text: `is not known here; known are ${Object.keys(schema.properties).join(', ')}`,
      })),
    ]
  }
  if (Type.IsArray(schema) && Array.isArray(value) && value.length > 0)
    return value.flatMap((item: unknown, index) => shapeProblems(schema.items, item, `${path}.${index}`))
  if (Value.Check(schema, value)) return []
  return [{ path, text: `must be ${describeSchema(schema)}, but is ${JSON.stringify(value)}` }]
}
