import type { Deposit } from '@continuum/messages'

/** The line of `--json`: one a deposit. */
export function depositLine(deposit: Deposit) {
  const { id, recipient, articleId, version, run, part, state, since, attempts, answer, rule, document } = deposit
  const { waitsFor, nextTry } = deposit
  return {
    id,
    recipient,
    articleId,
    version,
    run,
    part,
    state,
    since,
    attempts,
    answer,
    document,
    rule,
    waitsFor,
    nextTry,
  }
}

/** The deposits as text for a person, a line each, and below it why it waits or what the recipient said. */
export function depositsText(deposits: readonly Deposit[], now: number): string {
  if (deposits.length === 0) return 'No deposits.'
  const rows = deposits.map((deposit) => [
    deposit.recipient,
    `${deposit.articleId} v${deposit.version}`,
    deposit.part,
    deposit.state,
    ageOf(deposit.since, now),
    deposit.id,
  ])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return deposits
    .flatMap((deposit, index) => {
      const line = (rows[index] ?? []).map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')
      const words = wordsOf(deposit)
      return words === undefined ? [line] : [line, `    ${words.replaceAll('\n', '\n    ')}`]
    })
    .join('\n')
}

function wordsOf({ state, rule, waitsFor, answer }: Deposit): string | undefined {
  return state === 'not-for-this-recipient' ? rule : (waitsFor ?? answer ?? undefined)
}

function ageOf(instant: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1_000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`
}
