/** Joins names for a sentence, shortened when there are many: `fig2, fig5, inf1 and 4 more`. */
export function listOf(names: readonly string[], max = 12): string {
  if (names.length <= max) return names.join(', ')
  return `${names.slice(0, max).join(', ')} and ${names.length - max} more`
}

/** Counts things: `1 file`, `22 files`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}

/** Formats bytes for a reader: `6.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: bytes < 10_000_000 ? 1 : 0, useGrouping: false })} MB`
}
