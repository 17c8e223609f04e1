import { type Duration, toSeconds } from './duration.ts'

/** What SWF forbids in a name or an id: colon, slash, bar, control characters. */
// oxlint-disable-next-line no-control-regex -- these are the characters that SWF refuses
export const forbiddenInNames = /[:/|\u0000-\u001f\u007f-\u009f]/u

/** What is wrong with the name and version of a type; SWF's limits are 256 and 64 characters. */
export function nameProblems({ name, version }: { name: string; version: string }): string[] {
  const problems: string[] = []
  for (const [what, value, longest] of [
    ['name', name, 256],
    ['version', version, 64],
  ] as const) {
    if (value === '' || value !== value.trim()) problems.push(`${what} '${value}' is empty or has space at an end`)
    if (value.length > longest) problems.push(`${what} has ${value.length} characters, SWF takes ${longest}`)
    if (forbiddenInNames.test(value) || value === 'arn')
      problems.push(`${what} '${value}' has a character that SWF refuses`)
  }
  return problems
}

/** What is wrong with the durations given by name; absent ones are fine, and zero only where it is said to be. */
export function durationProblems(
  durations: Readonly<Record<string, Duration | undefined>>,
  { zero = false }: { zero?: boolean } = {},
): string[] {
  const problems: string[] = []
  for (const [what, duration] of Object.entries(durations)) {
    if (duration === undefined) continue
    try {
      if (toSeconds(duration) === 0 && !zero) problems.push(`${what} is zero`)
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return problems
}
