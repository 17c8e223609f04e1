import { serviceNameOf, sharedProcesses, type ProcessName } from '@continuum/environments'

/** Of those that can share a process the ones that need the database alone, and so start before there are queues. */
export const servers: readonly ProcessName[] = ['lax', 'journal', 'api', 'dashboard-web'] satisfies Sharing[]
/** The others, which poll. */
export const consumers: readonly ProcessName[] = sharedProcesses.filter((process) => !servers.includes(process))
/** Shares no process with the others. */
export const worker = 'worker' as const

type Sharing = (typeof sharedProcesses)[number]

/** A process here, by the name of its service, with its health port. */
export interface LocalProcess {
  readonly name: string
  readonly process: ProcessName
  readonly port: number
}

/**
 * Lists the processes with their health ports, from the first port on: one for all that share a process and the next for the worker, or
 * one for each.
 */
export function healthPorts(first: number, { separate }: { separate: boolean }): LocalProcess[] {
  const sharing = sharedProcesses.map((process, at) => ({ process, port: separate ? first + at : first }))
  const last = { process: worker, port: first + (separate ? sharing.length : 1) }
  return [...sharing, last].map((each) => ({ ...each, name: serviceNameOf(each.process) }))
}
