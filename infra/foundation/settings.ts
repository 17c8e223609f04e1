import { Type, type Static, type TObject } from 'typebox'
import { Value } from 'typebox/value'

/** The settings of an account's foundation: the configuration of its stack. */
export const FoundationSettings = Type.Object({
  account: Type.String({ pattern: '^\\d{12}$', description: 'the number of the account, twelve digits' }),
  repository: Type.String({ pattern: '^[\\w.-]+/[\\w.-]+$', description: 'the repository on GitHub, OWNER/NAME' }),
  environments: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' }), {
    minItems: 1,
    description: 'the environments that CI deploys, a list of names',
  }),
  monthlyDollars: Type.Number({ exclusiveMinimum: 0, description: 'the dollars of the account a month, a number' }),
  emails: Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }), {
    minItems: 1,
    maxItems: 10,
    description: 'the addresses that are told of costs, a list of one to ten',
  }),
})
export type FoundationSettings = Static<typeof FoundationSettings>

/** Thrown where the configuration of the stack is not that of a foundation. A person must set it. */
export class FoundationSettingsError extends Error {
  override readonly name = 'FoundationSettingsError'
}

/**
 * Reads the settings from a stack's configuration, whose values are texts: lists and numbers are JSON.
 *
 * @throws {FoundationSettingsError} with each setting that is missing or wrong, and the command that sets it
 */
export function readFoundationSettings(config: Readonly<Record<string, string>>): FoundationSettings {
  const names = Object.keys(FoundationSettings.properties)
  const given = Object.fromEntries(
    names.flatMap((name) => (name in config ? [[name, valueOf(name, config[name])]] : [])),
  )
  if (Value.Check(FoundationSettings, given)) return given
  const properties: TObject['properties'] = FoundationSettings.properties
  const faults = names.flatMap((name) => {
    const schema = properties[name]
    if (schema === undefined || Value.Check(schema, given[name])) return []
    const what = Object(schema).description
    const found = config[name] === undefined ? 'is not set' : `is ${config[name]}`
    return [`  ${name} ${found}, but must be ${what}: pulumi config set ${exampleOf(name)}`]
  })
  throw new FoundationSettingsError(`The configuration of this stack is not complete:\n${faults.join('\n')}`)
}

function valueOf(name: string, text = ''): unknown {
  if (name === 'account' || name === 'repository') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function exampleOf(name: string): string {
  const isList = name === 'environments' || name === 'emails'
  return isList ? `--path '${name}[0]' VALUE` : `${name} VALUE`
}
