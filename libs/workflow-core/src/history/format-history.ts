import type { HistoryEvent } from '@aws-sdk/client-swf'
import { readTimeline } from './timeline.ts'

const nothingOpen = 'Waiting for a signal, or for a decider to take its decision task.'

/**
 * Formats a history for whoever is on call: a line for each event of a step, timer, signal or child, with the reasons of
 * failures, the meaning of time-outs and the next retry; then everything that is still open, or how the execution closed.
 * @param events the whole history, in order
 * @throws MalformedHistoryError
 */
export function formatHistory(events: readonly HistoryEvent[]): string {
  const { entries, open, closed } = readTimeline(events)
  const lines: string[] = []
  let day = ''
  for (const { at: instant, subject, text } of entries) {
    const at = instant.toString({ fractionalSecondDigits: 3 })
    if (!at.startsWith(day) || day === '') lines.push(`${(day = at.slice(0, 10))} (UTC)`)
    lines.push(`  ${at.slice(11, 23)}  ${subject.padEnd(28)}  ${text}`)
  }
  if (closed) return lines.join('\n')
  const waitsFor = open.length > 0 ? ['Waiting for', ...open.map((each) => `  ${each}`)] : [nothingOpen]
  return [...lines, '', ...waitsFor].join('\n')
}
