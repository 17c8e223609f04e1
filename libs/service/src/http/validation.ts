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
  return (sent: unknown) => {
    const value = httpPart === 'body' ? sent : convertTexts(schema, Value.Default(schema, sent))
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) }
  }
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
    default:
      return Value.Convert(schema, value)
  }
}
