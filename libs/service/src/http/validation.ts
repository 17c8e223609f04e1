import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

/**
 * Checks requests against TypeBox schemas. Paths, queries and headers are text, so they are converted and take defaults;
 * a body is JSON and has types already, so it stays as it was sent: `"version": "3"` and `"version": 3` differ.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  return (sent: unknown) => {
    const value = httpPart === 'body' ? sent : Value.Convert(schema, Value.Default(schema, sent))
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) }
  }
}
