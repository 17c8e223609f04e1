import type { Domain } from '../store/domains.ts'

const day = 24 * 3600 * 1000

/** What closed at this time or before is gone: with no retention (NONE or 0) an execution goes as it closes. */
export function retentionCutoff(retention: Domain['retention'], now: number): number {
  return now - (retention === 'NONE' ? 0 : Number(retention) * day)
}
