import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parseJson } from './parse-json.ts'
import { describeSchema } from './settings-help.ts'

/**
 * Thrown when the settings of a process are missing or invalid. It has all problems at once, each a sentence that names
 * its variable. Never retried: a person must fix them.
 */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly retry = false
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Invalid configuration:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads the settings of a process from its environment.
 *
 * The schema's keys are the names of environment variables. Numbers, booleans (`true`, `false`) and, as JSON, arrays and
 * objects are converted from their text. An empty variable counts as absent, unless the schema has a pattern that matches
 * empty text; an absent one takes its schema's `default`.
 *
 * @throws SettingsError with all problems; it does not repeat values of variables that look secret
 * @example
 * const settings = readSettings(Type.Object({ ...HttpSettings, LAX_URL: Type.String() }), process.env)
 */
export function readSettings<Schema extends TObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): Static<Schema> {
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
    const text = env[name]
    if (text === undefined || (text === '' && !takesEmpty(property))) {
      const fallback: unknown = Reflect.get(property, 'default')
      if (fallback !== undefined) settings[name] = fallback
      else if (schema.required?.includes(name))
        problems.push(`${name} is missing: it must be ${describeSchema(property)}`)
      continue
    }
    const value = fromText(property, text)
    if (Value.Check(property, value)) settings[name] = value
    else
      problems.push(
        `${name} must be ${describeSchema(property)}${isSecret(name) ? '' : `, but is ${JSON.stringify(text)}`}`,
      )
  }
  if (problems.length === 0 && Value.Check(schema, settings)) return settings
  throw new SettingsError(problems)
}

/**
 * Converts settings to environment variables, the inverse of `readSettings`. A supervisor or the infra program sets them
 * for the process.
 */
export function toEnvironment<Schema extends TObject>(
  schema: Schema,
  value: OrUndefined<Static<Schema>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.keys(schema.properties).flatMap((name) => {
      const setting: unknown = Reflect.get(Object(value), name)
      if (setting === undefined) return []
      return [[name, typeof setting === 'string' ? setting : JSON.stringify(setting)]]
    }),
  )
}

/** The same, with optional ones that may be given as undefined. */
type OrUndefined<Value> = {
  [Key in keyof Value]: Partial<Pick<Value, Key>> extends Pick<Value, Key> ? Value[Key] | undefined : Value[Key]
}

/** The prefix of production's names, for example, is empty on purpose. */
function takesEmpty(schema: TSchema): boolean {
  return Reflect.has(schema, 'pattern') && Value.Check(schema, '')
}

/** Text that is not of the schema's type stays text, and then fails the schema's check. */
function fromText(schema: TSchema, text: string): unknown {
  switch (Reflect.get(schema, 'type')) {
    case 'string':
      return text
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'array':
    case 'object':
      return parseJson(text) ?? text
    default:
      return Value.Convert(schema, text)
  }
}

function isSecret(name: string): boolean {
  return /SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL/.test(name)
}
