import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { EifDocument, missingBesideOthers } from './eif-document.ts'

/** One error of a document, in the shape that senders of EIF know. */
export const FieldError = Type.Object({
  field: Type.String({ examples: ['data.article-id'] }),
  message: Type.String(),
  value: Type.Unknown({ description: 'what was sent' }),
})
export type FieldError = Static<typeof FieldError>

const check = Compile(EifDocument)

/** Returns all errors of a document; none where it is valid. */
export function fieldErrorsOf(sent: unknown): FieldError[] {
  if (!check.Check(sent)) return schemaErrorsOf(sent)
  const missing = missingBesideOthers(sent)
  if (missing.length > 0)
    return missing.map((place) => ({ field: `data.${place}`, message: 'is required', value: null }))
  const id = `${sent['article-id']}.${sent.version}`
  const value = sent['article-version-id']
  return value === id ? [] : [{ field: 'data.article-version-id', message: `must be ${id}`, value }]
}

function schemaErrorsOf(sent: unknown): FieldError[] {
  return check.Errors(sent).flatMap(({ keyword, instancePath, message, params }): FieldError[] => {
    if (keyword === 'required') {
      return params.requiredProperties.map((name) => ({
        field: `${fieldAt(instancePath)}.${name}`,
        message: 'is required',
        value: null,
      }))
    }
    if (keyword === 'additionalProperties') {
      const parent = fieldAt(instancePath)
      return params.additionalProperties.map((name) => {
        const value: unknown = Reflect.get(Object(valueAt(sent, instancePath)), name)
        return { field: `${parent}.${name}`, message: 'is not a key of the EIF', value: value ?? null }
      })
    }
    if (keyword === 'enum') {
      const oneOf = `must be one of: ${params.allowedValues.join(', ')}`
      return [{ field: fieldAt(instancePath), message: oneOf, value: valueAt(sent, instancePath) ?? null }]
    }
    // A key that is not known is told by `additionalProperties`; a union reports each of its members, then itself.
    if (keyword === 'const' || keyword === 'boolean') return []
    return [{ field: fieldAt(instancePath), message, value: valueAt(sent, instancePath) ?? null }]
  })
}

const keysOf = (path: string) => path.split('/').slice(1)

function fieldAt(path: string): string {
  return ['data', ...keysOf(path)].join('.')
}

function valueAt(sent: unknown, path: string): unknown {
  return keysOf(path).reduce((object: unknown, key): unknown => Reflect.get(Object(object), key), sent)
}
