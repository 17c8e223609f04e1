/**
 * A length of time as authors write it: a whole number and a unit (`'10s'`, `'8m'`, `'2h'`, `'7d'`).
 * The compiler holds the shape; {@link toSeconds} holds the rest, because `'1.5m'` and `'-1s'` also fit the type.
 */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** SWF writes a duration as text of at most 8 characters: seconds, whole. */
const longestSeconds = 99_999_999

/**
 * The one converter: whole seconds, which is what SWF's timers and time-outs count in.
 * @throws RangeError when the text is no whole number of s, m, h or d, or is above SWF's 99,999,999 s (three years)
 */
export function toSeconds(duration: Duration): number {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(duration) ?? []
  const seconds = Number(count) * (secondsPer[unit ?? ''] ?? Number.NaN)
  if (!(seconds <= longestSeconds)) {
    throw new RangeError(
      `'${duration}' is not a duration: write a whole number and s, m, h or d, such as '90s' or '7d'.`,
    )
  }
  return seconds
}
