import type { ProcessName } from './environment.ts'

interface Process {
  readonly command: readonly string[]
  readonly port: number
  /** Whether others reach it over the network: it listens on all addresses, behind the load balancer. */
  readonly serves: boolean
}

/** The ports of the three services are those of `npm start`; the others answer `/ping` and `/status` there, for health checks. */
const processes: Record<ProcessName, Process> = {
  decider: { command: ['node', 'apps/bot/src/main.ts', 'decider'], port: 4610, serves: false },
  worker: { command: ['node', 'apps/bot/src/main.ts', 'worker'], port: 4611, serves: false },
  'queue-worker': { command: ['node', 'apps/bot/src/main.ts', 'queue-worker'], port: 4612, serves: false },
  'workflow-starter': { command: ['node', 'apps/bot/src/main.ts', 'workflow-starter'], port: 4613, serves: false },
  'dashboard-web': { command: ['node', 'apps/dashboard/src/main.ts', 'web'], port: 4600, serves: true },
  'dashboard-consumer': { command: ['node', 'apps/dashboard/src/main.ts', 'consumer'], port: 4614, serves: false },
  lax: { command: ['node', 'apps/lax/src/main.ts'], port: 4602, serves: true },
  journal: { command: ['node', 'apps/journal/src/main.ts'], port: 4601, serves: true },
}

/** What the process is started with, from the root of the image. */
export const commandOf = (process: ProcessName): readonly string[] => processes[process].command

/** Where the process answers `/ping` and `/status`, and its service where it has one. */
export const portOf = (process: ProcessName): number => processes[process].port

/** Whether others reach the process over the network. */
export const serves = (process: ProcessName): boolean => processes[process].serves
