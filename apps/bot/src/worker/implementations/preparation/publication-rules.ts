import { Type, type Static } from 'typebox'

const Patterns = Type.Record(Type.String(), Type.Array(Type.String({ format: 'regex' })))

/**
 * Which articles are published without waiting for a person.
 *
 * `default` decides; `override.publish` is asked only where it says hold, `override.hold` only where it says publish.
 * Each names fields of the EIF with regular expressions that are searched for in the article's value.
 * @example { default: false, override: { publish: { doi: ['eLife\\.00288$'] }, hold: { 'article-type': ['^correction$'] } } }
 */
export type PublicationRules = Static<typeof PublicationRules>
export const PublicationRules = Type.Object({
  default: Type.Boolean(),
  override: Type.Optional(Type.Object({ publish: Type.Optional(Patterns), hold: Type.Optional(Patterns) })),
})

/** Whether the rules publish this article at once, and what made them say so, for a person to read. */
export interface Ruling {
  readonly automatic: boolean
  readonly because: string
}

/** Applies the rules to an article's EIF. A field that the article has not is matched by nothing. */
export function ruleOf(rules: PublicationRules, eif: Readonly<Record<string, unknown>>): Ruling {
  const exceptions = (rules.default ? rules.override?.hold : rules.override?.publish) ?? {}
  for (const [field, patterns] of Object.entries(exceptions)) {
    const values = scalars(eif[field])
    const pattern = patterns.find((each) => values.some((value) => new RegExp(each).test(value)))
    if (pattern !== undefined) return { automatic: !rules.default, because: `its ${field} matches ${pattern}` }
  }
  return { automatic: rules.default, because: 'that is the rule for all articles' }
}

/** The texts in a value: of a list those of each item, of an object those of each field. */
function scalars(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : []
}
