import { describeSchema } from '@continuum/service'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { isRecord } from '../model/overlay.ts'
import type { ValidationError } from './validation-error.ts'

/** Finds every value that is missing, violates its schema or has an unknown key. */
export function shapeErrors(schema: TSchema, value: unknown, path = ''): ValidationError[] {
  if (Type.IsObject(schema) && isRecord(value)) {
    const at = (key: string) => (path === '' ? key : `${path}.${key}`)
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(schema.properties, key))
    return [
      ...Object.entries<TSchema>(schema.properties).flatMap(([key, property]) => {
        const held: unknown = Reflect.get(value, key)
        if (held !== undefined) return shapeErrors(property, held, at(key))
        return schema.required?.includes(key)
          ? [{ path: at(key), text: `is missing: expected ${describeSchema(property)}` }]
          : []
      }),
      ...unknown.map((key) => ({
        path: at(key),
        text: `is unknown. Known keys: ${Object.keys(schema.properties).join(', ')}`,
      })),
    ]
  }
  if (Type.IsArray(schema) && Array.isArray(value) && value.length > 0)
    return value.flatMap((item: unknown, index) => shapeErrors(schema.items, item, `${path}.${index}`))
  if (Value.Check(schema, value)) return []
  return [{ path, text: `must be ${describeSchema(schema)}, but is ${JSON.stringify(value)}` }]
}
