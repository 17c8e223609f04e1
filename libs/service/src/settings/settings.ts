import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describeSchema } from './settings-help.ts'

/**
 * Thrown when the environment does not say what a process needs to know.
 * It carries every problem at once, each a plain sentence that names its variable: never retried, for a person to read.
 */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly retry = false
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Unreadable settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * The settings of a process, read once at its edge.
 *
 * The schema's keys are the names of environment variables. Numbers, booleans (`true`, `false`) and, as JSON, arrays and
 * objects are converted from their text. An empty variable counts as absent, but where the schema has a pattern that takes empty
 * text; an absent one takes its schema's `default`.
 *
 * @throws SettingsError with all problems; the values of variables that look secret are not repeated
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
 * The environment variables that say `value`: what `readSettings` of the same schema reads back as `value`.
 * A supervisor or the infra program hands them to the process.
 */
export function toEnvironment<Schema extends TObject>(schema: Schema, value: Static<Schema>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(schema.properties).flatMap((name) => {
      const setting: unknown = Reflect.get(Object(value), name)
      if (setting === undefined) return []
      return [[name, typeof setting === 'string' ? setting : JSON.stringify(setting)]]
    }),
  )
}

/** Nobody writes such a pattern by accident: the prefix of production's names is empty. */
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
      return fromJson(text)
    default:
      return Value.Convert(schema, text)
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isSecret(name: string): boolean {
  return /SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL/.test(name)
}
