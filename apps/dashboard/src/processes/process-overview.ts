import type { DashboardSettings } from '@continuum/settings'
import type { Sql } from 'postgres'
import { processLooks } from '../store/process-looks.ts'
import { judgeProcesses, type ProcessOverview } from './judge-processes.ts'

/** Reads what is known of the processes of the environment. */
export async function processOverview(
  sql: Sql,
  { PROCESSES }: Pick<DashboardSettings, 'PROCESSES'>,
): Promise<ProcessOverview> {
  return judgeProcesses(
    await processLooks(sql),
    PROCESSES.map(({ name }) => name),
  )
}
