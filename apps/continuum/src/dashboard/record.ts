import { request } from '@continuum/service'
import { callerOf } from './caller.ts'
import { dashboardAddress, type DashboardOptions } from './dashboard-address.ts'

/** Something that a command did past the dashboard. */
export interface DoneHere {
  readonly action: 'retract' | 'undo retraction' | 'rerun execution'
  readonly article?: string
  readonly subject?: string
  readonly detail?: string
  readonly why?: string
}

const timeoutMilliseconds = 10_000

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
    const { environment, url, secret } = await dashboardAddress(options)
    const answer = await request({
      service: 'the dashboard',
      url: `${url}/api/activity`,
      method: 'POST',
      headers: {
        authorization: `Bearer ${await secret('dashboard-token')}`,
        'x-continuum-user': await callerOf(environment),
      },
      json: done,
      timeoutMilliseconds,
    })
    if (answer.status !== 200) throw new Error(`it answers ${answer.status}: ${answer.text.slice(0, 200)}`)
  } catch (error) {
    warn(`This is not in the dashboard's activity log: ${error instanceof Error ? error.message : String(error)}`)
  }
}
