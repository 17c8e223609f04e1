import { openDataDirectory, type DataDirectory } from './data-directory.ts'
import { isRunning, readProcesses, type RunningProcesses } from './orphans.ts'
import { UserError } from '../errors/user-error.ts'

/** Reads which processes run on a data directory. Throws `UserError` if none do. */
export function runningOn(folder: string, base: string): { data: DataDirectory; running: RunningProcesses } {
  const data = openDataDirectory(folder, base)
  const running = readProcesses(data)
  if (!running || !isRunning(running))
    throw new UserError(`Nothing is running on ${data.path}. Start it with: npm start`)
  return { data, running }
}

/** Tells if an environment runs on a data directory. */
export function isRunningOn(folder: string, base: string): boolean {
  const running = readProcesses(openDataDirectory(folder, base))
  return running !== undefined && isRunning(running)
}
