import type { Static } from 'typebox'
import type { ClosedDays, TakenHistory, TakenLog } from './metrics-client.ts'

const number = (value: number) => value.toLocaleString('en')

/** Says what was counted of a log file, and what was not and why. */
export function logText({ name, takenBefore, lines, counted, skipped }: Static<typeof TakenLog>): string {
  if (takenBefore !== undefined) return `${name}: taken before (${takenBefore}); nothing was counted`
  return [`${name}: ${number(lines)} lines, ${number(counted)} counted`, ...skippedText(skipped)].join('\n')
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
