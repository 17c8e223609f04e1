import type { PublicationRules } from '@continuum/settings'

/** A ruling on one article: publish it at once, or hold it, with the reason for a person to read. */
export interface Ruling {
  readonly automatic: boolean
  readonly because: string
}

/** Applies the rules to an article's EIF. A field that the article lacks matches nothing. */
export function ruleOf(rules: PublicationRules, eif: Readonly<Record<string, unknown>>): Ruling {
  const exceptions = (rules.default ? rules.override?.hold : rules.override?.publish) ?? {}
  for (const [field, patterns] of Object.entries(exceptions)) {
    const values = scalars(eif[field])
    const pattern = patterns.find((each) => values.some((value) => new RegExp(each).test(value)))
    if (pattern !== undefined) return { automatic: !rules.default, because: `its ${field} matches ${pattern}` }
  }
  return { automatic: rules.default, because: 'this is the default for all articles' }
}

/** Returns the texts in a value: of a list those of each item, of an object those of each field. */
function scalars(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : []
}
