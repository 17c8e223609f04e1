import { serviceNameOf, type ProcessName } from '@continuum/environments'

/** The processes that serve others, those that only poll, and the one that computes much. */
export const servers = ['lax', 'journal', 'api', 'dashboard-web'] as const
export const consumers = ['decider', 'queue-worker', 'workflow-starter', 'lax-adaptor', 'metrics', 'deposits'] as const
/** Computes much, and would hold up the others in one thread with them. */
export const worker = 'worker' as const

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
  const sharing = [...servers, ...consumers].map((process, at) => ({ process, port: separate ? first + at : first }))
  const last = { process: worker, port: first + (separate ? sharing.length : 1) }
  return [...sharing, last].map((each) => ({ ...each, name: serviceNameOf(each.process) }))
}
