import type { AskResult } from '../seam/recipient.ts'
import type { BatchDiagnostic, RecordDiagnostic } from './diagnostic.ts'

const older = /submitted version:?\s*(\d+)\s+is less or equal to previously submitted version:?\s*(\d+)/i

/**
 * Decides how a deposit ended. A warning is a registered record. "Less or equal" with equal timestamps is our own deposit of before: a
 * DOI's timestamps rise strictly, so nobody else has it. With a greater one the record was overtaken.
 */
export function resultOf({ status, records }: BatchDiagnostic): AskResult {
  if (status === 'queued') return { kind: 'pending', answer: 'queued' }
  if (status === 'unknown') return { kind: 'pending', answer: 'unknown_submission', unknown: true }
  const answer = records.map(lineOf).join('\n') || 'completed, with no record in it'
  const failed = records.filter((record) => record.status === 'Failure' && !isOurOwn(record))
  const overtaken = failed.flatMap(({ doi, message }) => {
    const registered = older.exec(message)?.[2]
    return registered === undefined ? [] : [{ doi, registered }]
  })
  const [first] = overtaken
  if (records.length === 0) return { kind: 'refused', answer }
  if (first !== undefined && overtaken.length === failed.length) return { kind: 'overtaken', answer, ...first }
  if (failed.length > 0) return { kind: 'refused', answer }
  const warning = records.some((record) => record.status === 'Warning')
  return warning ? { kind: 'confirmed', answer, warning } : { kind: 'confirmed', answer }
}

function isOurOwn({ message }: RecordDiagnostic): boolean {
  const [, submitted, registered] = older.exec(message) ?? []
  return submitted !== undefined && registered !== undefined && BigInt(submitted) === BigInt(registered)
}

function lineOf({ status, doi, message }: RecordDiagnostic): string {
  return [status, doi, message].filter(Boolean).join(' ')
}
