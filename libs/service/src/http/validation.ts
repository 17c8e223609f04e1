import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

/**
 * Checks requests against TypeBox schemas. Paths, queries and headers are text: their numbers and booleans are
 * converted, and absent values take their defaults. A body is JSON and has types already, so it stays as it was sent:
 * `"version": "3"` and `"version": 3` differ.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  const withDefaults = hasDefaults(schema) ? (sent: unknown) => Value.Default(schema, sent) : (sent: unknown) => sent
  return (sent: unknown) => {
    const value = httpPart === 'body' ? sent : convertTexts(schema, withDefaults(sent))
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) }
  }
}

/** Tells if a schema says a default anywhere: where it does not, there is none to look for in every request. */
function hasDefaults(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  return Object.hasOwn(schema, 'default') || Object.values(schema).some(hasDefaults)
}

/** Converts each property; text that does not spell a value of its type stays text, and then fails the check. */
function convertTexts(schema: TSchema, sent: unknown): unknown {
  const properties: Record<string, TSchema> = Object(Reflect.get(schema, 'properties'))
  return Object.fromEntries(
    Object.entries(Object(sent)).map(([name, value]) => [name, convertText(properties[name], value)]),
  )
}

function convertText(schema: TSchema | undefined, value: unknown): unknown {
  if (schema === undefined) return value
  switch (Reflect.get(schema, 'type')) {
    case 'integer':
    case 'number':
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value
    case 'string':
      return typeof value === 'string' ? value : Value.Convert(schema, value)
    default:
      return Value.Convert(schema, value)
  }
}
