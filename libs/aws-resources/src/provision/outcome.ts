/** What `provision` found to do for one thing; `not offered`: what stands in for AWS does not have such a thing. */
export type Outcome = 'made' | 'was there' | 'not offered'

/** Whether AWS refused with one of these codes. */
export function isError(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && codes.includes(error.name)
}

/** Whether the policy that AWS holds says what it should; AWS may have changed its spaces and the order of its keys. */
export function samePolicy(held: string | undefined, wanted: unknown): boolean {
  return held !== undefined && same(parse(held), wanted)
}

/** Whether two values say the same, whatever the order of their keys. */
export function same(held: unknown, wanted: unknown): boolean {
  return canonical(held) === canonical(wanted)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
