import { setTimeout as pause } from 'node:timers/promises'
import { Type, type Static } from 'typebox'
import { processEntry } from './process-table.ts'
import { readState, writeState, type DataDirectory } from './data-directory.ts'
import { UserError } from '../errors/user-error.ts'
import { killGroup } from '../supervisor/supervisor.ts'

/** The processes that run on a data directory, kept in its `processes.json` for `continuum status` and the next start. */
export const RunningProcesses = Type.Object({
  owner: Type.Integer(),
  since: Type.String(),
  addresses: Type.Record(Type.String(), Type.String()),
  processes: Type.Array(
    Type.Object({
      name: Type.String(),
      pid: Type.Optional(Type.Integer()),
      url: Type.Optional(Type.String()),
      ready: Type.Optional(Type.Boolean()),
      restarts: Type.Integer(),
      startedAt: Type.String(),
    }),
  ),
})
export type RunningProcesses = Static<typeof RunningProcesses>

const file = 'processes.json'

export const readProcesses = (data: DataDirectory): RunningProcesses | undefined =>
  readState(data, file, RunningProcesses)
export const writeProcesses = (data: DataDirectory, running: RunningProcesses): void => writeState(data, file, running)

/** True where the recorded owner is alive and is a `continuum start`, not a stranger that got its number. */
export function isRunning(running: RunningProcesses): boolean {
  return /continuum.*start/.test(processEntry(running.owner)?.command ?? '')
}

/**
 * Ends what an earlier start on this folder left behind (it was killed, and a child had no time to notice).
 * Throws `UserError` where that start is alive: two on one folder would undo each other's work.
 */
export async function clearOrphans(data: DataDirectory): Promise<void> {
  const running = readProcesses(data)
  if (running && isRunning(running))
    throw new UserError(
      `Continuum runs already on ${data.path} (process ${running.owner}, dashboard ${running.addresses['dashboard']}). Stop it first, or use another folder: --data DIR.`,
    )
  const orphans = (running?.processes ?? []).flatMap(({ pid }) => (pid !== undefined && isOurs(pid) ? [pid] : []))
  for (const pid of orphans) killGroup(pid)
  for (let tries = 0; tries < 100 && orphans.some(isOurs); tries++) await pause(20)
}

/** A process of this system, by its command: numbers of processes are used again. */
function isOurs(pid: number): boolean {
  return /(apps|libs)\/[a-z-]+\/src\//.test(processEntry(pid)?.command ?? '')
}
