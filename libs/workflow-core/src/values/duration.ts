/**
 * A length of time: a whole number and a unit (`'10s'`, `'8m'`, `'2h'`, `'7d'`).
 * The compiler checks the shape; {@link toSeconds} checks the rest, because `'1.5m'` and `'-1s'` also fit the type.
 */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** SWF takes durations as whole seconds in a text of at most 8 characters. */
const maxSeconds = 99_999_999

/**
 * Converts a duration to whole seconds, the unit of SWF's timers and time-outs.
 * @throws RangeError when the text is not a whole number of s, m, h or d, or is above SWF's 99,999,999 s (three years)
 */
export function toSeconds(duration: Duration): number {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(duration) ?? []
  const seconds = Number(count) * (secondsPer[unit ?? ''] ?? Number.NaN)
  if (!(seconds <= maxSeconds)) {
    throw new RangeError(
      `'${duration}' is not a duration: write a whole number and s, m, h or d, such as '90s' or '7d'.`,
    )
  }
  return seconds
}
