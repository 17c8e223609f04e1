import type { Domain } from '../store/domains.ts'

const day = 24 * 3600 * 1000

/** The time at or before which closed executions are removed; with a retention of NONE or 0 they are removed as they close. */
export function retentionCutoff(retention: Domain['retention'], now: number): number {
  return now - (retention === 'NONE' ? 0 : Number(retention) * day)
}
