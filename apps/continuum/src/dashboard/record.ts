import { Type } from 'typebox'
import type { DashboardOptions } from './dashboard-address.ts'
import { dashboardApi } from './dashboard-api.ts'

/** Something that a command did past the dashboard. */
export interface DoneHere {
  readonly action:
    | 'retract'
    | 'undo retraction'
    | 'rerun execution'
    | 'start workflow'
    | 'set property'
    | 'redrive'
    | 'import articles'
  readonly article?: string
  readonly subject?: string
  readonly detail?: string
  readonly why?: string
}

/**
 * Puts what a command did into the dashboard's activity log, under the name of the person at the command line. It is done
 * already: where the dashboard takes no record, that is said and the command goes on.
 *
 * @param warn says why there is no record
 */
export async function recordOnDashboard(
  options: DashboardOptions,
  done: DoneHere,
  warn: (text: string) => void,
): Promise<void> {
  try {
    const dashboard = await dashboardApi(options)
    await dashboard.post('/api/activity', done, Type.Object({}))
  } catch (error) {
    warn(`This is not in the dashboard's activity log: ${error instanceof Error ? error.message : String(error)}`)
  }
}
