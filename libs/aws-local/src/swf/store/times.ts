import type { DatabaseSync } from 'node:sqlite'
import { numberIn, textIn } from '../../shared/rows.ts'

/**
 * Selects how virtual time advances by itself while no task is outstanding: `true` to the next due time, `'timers'` only to the
 * next timer, so that an execution that waits for a signal does not reach its own timeout.
 */
export type AutoSkip = boolean | 'timers'

/** The virtual time of a domain. */
export interface StoredTime {
  readonly domain: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly autoSkip: AutoSkip
}

/** The domains of a region with virtual time, which survives restarts. */
export type StoredTimes = ReturnType<typeof openTimes>

export function openTimes(db: DatabaseSync, region: string) {
  const all = db.prepare('SELECT * FROM swf_time WHERE region = ?')
  const put = db.prepare('INSERT OR REPLACE INTO swf_time (region, domain, now, auto_skip) VALUES (?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM swf_time WHERE region = ? AND domain = ?')
  return {
    all: (): StoredTime[] =>
      all.all(region).map((row) => ({
        domain: textIn(row, 'domain'),
        now: numberIn(row, 'now'),
        autoSkip: JSON.parse(textIn(row, 'auto_skip')),
      })),
    put: ({ domain, now, autoSkip }: StoredTime): void => void put.run(region, domain, now, JSON.stringify(autoSkip)),
    remove: (domain: string): void => void remove.run(region, domain),
  }
}
