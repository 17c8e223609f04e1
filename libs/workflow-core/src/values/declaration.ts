import { type Duration, toSeconds } from './duration.ts'

/** Characters that SWF rejects in names and ids: colon, slash, bar, control characters. */
// oxlint-disable-next-line no-control-regex -- these are the characters that SWF rejects
export const forbiddenInNames = /[:/|\u0000-\u001f\u007f-\u009f]/u

/** Lists the problems of a type's name and version; SWF's limits are 256 and 64 characters. */
export function nameProblems({ name, version }: { name: string; version: string }): string[] {
  const problems: string[] = []
  for (const [what, value, maxLength] of [
    ['name', name, 256],
    ['version', version, 64],
  ] as const) {
    if (value === '' || value !== value.trim())
      problems.push(`${what} '${value}' is empty or begins or ends with a space`)
    if (value.length > maxLength)
      problems.push(`${what} has ${value.length} characters; SWF takes at most ${maxLength}`)
    if (forbiddenInNames.test(value) || value === 'arn')
      problems.push(`${what} '${value}' has a character that SWF rejects`)
  }
  return problems
}

/** Lists the problems of a task priority, which SWF keeps in 32 bits. */
export function priorityProblems(priority: number | undefined): string[] {
  if (priority === undefined || (Number.isInteger(priority) && Math.abs(priority) <= 2_147_483_647)) return []
  return [`priority ${priority} is no integer of 32 bits`]
}

/** Lists the problems of durations, by name; absent ones are fine, and zero only where the option allows it. */
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
