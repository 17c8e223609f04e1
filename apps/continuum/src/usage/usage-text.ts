import type { Static } from 'typebox'
import { UserError } from '../errors/user-error.ts'
import type { ClosedDays, TakenHistory, TakenLog } from './metrics-client.ts'

const number = (value: number) => value.toLocaleString('en')

/** Says what was counted of a log file, and what was not and why. */
export function logText({ name, takenBefore, lines, counted, skipped }: Static<typeof TakenLog>): string {
  if (takenBefore !== undefined) return `${name}: taken before (${takenBefore}); nothing was counted`
  return [`${name}: ${number(lines)} lines, ${number(counted)} counted`, ...skippedText(skipped)].join('\n')
}

/** The sums of several log files. */
export interface LogTotals {
  files: number
  before: number
  failed: number
  lines: number
  counted: number
  skipped: Record<string, number>
}

export function noLogs(): LogTotals {
  return { files: 0, before: 0, failed: 0, lines: 0, counted: 0, skipped: {} }
}

/** A log file that the usage counter did not take; others may follow it. @throws what is no answer of the counter */
export function notTaken(name: string, error: unknown): { name: string; problem: string } {
  if (error instanceof UserError) return { name, problem: error.message }
  throw error
}

/** Adds a log file to the totals. */
export function addLog(totals: LogTotals, log: Static<typeof TakenLog> | { problem: string }): void {
  totals.files++
  if ('problem' in log) {
    totals.failed++
    return
  }
  if (log.takenBefore !== undefined) {
    totals.before++
    return
  }
  totals.lines += log.lines
  totals.counted += log.counted
  for (const [reason, count] of Object.entries(log.skipped)) {
    totals.skipped[reason] = (totals.skipped[reason] ?? 0) + count
  }
}

/** Says what all log files together came to. */
export function totalsText({ files, before, failed, lines, counted, skipped }: LogTotals): string {
  const first = [
    `All: ${number(files)} files`,
    ...(before > 0 ? [`${number(before)} taken before`] : []),
    ...(failed > 0 ? [`${number(failed)} NOT TAKEN`] : []),
    `${number(lines)} lines`,
    `${number(counted)} counted`,
  ].join(', ')
  return [first, ...skippedText(skipped)].join('\n')
}

/** Says which days are closed now. */
export function closedText(day: string, { closed }: Static<typeof ClosedDays>): string {
  if (closed.length === 0) return `${day} was closed before.`
  return closed
    .map(
      (each) =>
        `${each.day} is closed: ${number(each.articles)} articles, ${number(each.investigations)} investigations, ${number(each.requests)} requests. Its events and its key are destroyed.`,
    )
    .join('\n')
}

export function historyText(file: string, taken: Static<typeof TakenHistory>): string {
  const { rows, kept, views, downloads, skipped } = taken
  const first = `${file}: ${number(rows)} rows; ${number(kept)} days and months of articles with ${number(views)} views and ${number(downloads)} downloads are kept`
  return [first, ...skippedText(skipped)].join('\n')
}

function skippedText(skipped: Readonly<Record<string, number>>): string[] {
  return Object.entries(skipped)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `  ${number(count).padStart(9)} not counted: ${reason}`)
}
