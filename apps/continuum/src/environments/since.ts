import { UserError } from '../errors/user-error.ts'

const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Parses `--since` to epoch milliseconds: `10m` or `2h` before now, or an instant such as `2026-11-28T09:00:00Z`. */
export function parseSince(since: string, now: number): number {
  const [, count = '', letter] = /^(\d+)([smhd])$/.exec(since) ?? []
  if (letter === 's' || letter === 'm' || letter === 'h' || letter === 'd') return now - Number(count) * unit[letter]
  const at = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(since) ? Date.parse(since) : Number.NaN
  if (Number.isNaN(at))
    throw new UserError(
      `--since ${since} is not a time: use 30s, 10m, 2h, 1d, or an instant such as 2026-11-28T09:00:00Z.`,
    )
  return at
}
