/** The outcome of `provision` for one resource or setting; `not supported`: a local replacement of AWS lacks it. */
export type Outcome = 'created' | 'unchanged' | 'not supported'

/** True for an AWS error with one of these codes. */
export function isError(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && codes.includes(error.name)
}

/** True if the policy in AWS equals the wanted one, apart from white space and key order. */
export function samePolicy(held: string | undefined, wanted: unknown): boolean {
  return held !== undefined && same(parse(held), wanted)
}

/** True if two values are equal apart from key order. */
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
