import type { Command } from '../history/command.ts'
import { NonDeterminismError } from '../values/errors.ts'
import type { DecisionRecord } from '../history/decision-records.ts'

/**
 * Compares the commands of the code with those that the history recorded for the same decision. Their order within the
 * decision is free, because commands have names.
 * @param subject names the workflow and the decision in the message
 * @throws NonDeterminismError naming the first difference
 */
export function compareCommands(
  subject: string,
  { recorded, eventId }: DecisionRecord,
  commands: readonly Command[],
): void {
  if (recorded === undefined) return
  const missing = [...recorded]
  const unknown: string[] = []
  for (const { name } of commands) {
    if (name === undefined) continue
    const at = missing.indexOf(name)
    if (at < 0) unknown.push(name)
    else missing.splice(at, 1)
  }
  const [expected] = missing
  const [found] = unknown
  if (expected === undefined && found === undefined) return
  throw new NonDeterminismError(
    `${subject} (events up to ${eventId}): the history has ${expected ?? 'no further command'}, ` +
      `the code has ${found ?? 'no further command'}. Was the workflow changed under a running execution? ` +
      'No decision is made until the code matches the history again.',
    expected,
    found,
  )
}
