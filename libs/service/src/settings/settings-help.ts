import type { TSchema } from 'typebox'

/**
 * Describes the value of a setting for an operator: `a whole number from 0 to 65535 (the port to listen on)`. The text in
 * parentheses is the schema's `description`.
 */
export function describeSchema(schema: TSchema): string {
  const description = word(schema, 'description')
  return `${kind(schema)}${description !== undefined ? ` (${description})` : ''}`
}

function kind(schema: TSchema): string {
  const choices = literals(schema)
  if (choices) return choices.length === 1 ? JSON.stringify(choices[0]) : `one of ${choices.map(String).join(', ')}`
  switch (keyword(schema, 'type')) {
    case 'integer':
      return `a whole number${range(schema)}`
    case 'number':
      return `a number${range(schema)}`
    case 'boolean':
      return 'true or false'
    case 'array':
      return 'a JSON list'
    case 'object':
      return 'a JSON object'
    default: {
      const [pattern, format, minLength] = ['pattern', 'format', 'minLength'].map((name) => word(schema, name))
      if (pattern !== undefined) return `text that matches ${pattern}`
      if (format !== undefined) return `text of the form ${format}`
      return typeof minLength === 'number' && minLength > 1 ? `text of at least ${minLength} characters` : 'text'
    }
  }
}

function literals(schema: TSchema): unknown[] | undefined {
  const constant = keyword(schema, 'const')
  if (constant !== undefined) return [constant]
  const members = keyword(schema, 'anyOf')
  if (!Array.isArray(members)) return undefined
  const values = members.map((member: TSchema) => keyword(member, 'const'))
  return values.includes(undefined) ? undefined : values
}

function range(schema: TSchema): string {
  const [min, max] = [word(schema, 'minimum'), word(schema, 'maximum')]
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` of at least ${min}`
  return max === undefined ? '' : ` of at most ${max}`
}

function keyword(schema: TSchema, name: string): unknown {
  return Reflect.get(schema, name)
}

function word(schema: TSchema, name: string): string | number | undefined {
  const value = keyword(schema, name)
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}
