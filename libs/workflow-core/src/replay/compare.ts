import type { Command } from '../history/command.ts'
import { NonDeterminism } from '../values/errors.ts'
import type { Turn } from '../history/decision-records.ts'

/**
 * Holds what the code asked for in a decision against what the history recorded of it. The order within one decision is
 * free, for ids are names; nothing else is.
 * @param subject names the workflow and the decision in the message
 * @throws NonDeterminism naming the first difference
 */
export function compare(subject: string, { recorded, eventId }: Turn, asked: readonly Command[]): void {
  if (recorded === undefined) return
  const missing = [...recorded]
  const unknown: string[] = []
  for (const { name } of asked) {
    if (name === undefined) continue
    const at = missing.indexOf(name)
    if (at < 0) unknown.push(name)
    else missing.splice(at, 1)
  }
  const [expected] = missing
  const [found] = unknown
  if (expected === undefined && found === undefined) return
  throw new NonDeterminism(
    `${subject} (events up to ${eventId}): the history recorded ${expected ?? 'nothing more'}, ` +
      `the code now asks for ${found ?? 'nothing more'}. Was the workflow changed under a running execution? ` +
      'Nothing is decided until the code is that of the history again.',
    expected,
    found,
  )
}
