import type { Environment, ProcessName } from '../model/environment.ts'

/** The apps of an environment; each is deployed separately, with all its processes. */
export const appNames = ['bot', 'dashboard', 'lax', 'journal', 'metrics', 'api', 'deposits'] as const
export type AppName = (typeof appNames)[number]

interface Process {
  readonly app: AppName
  readonly command: readonly string[]
  /** The port at which others reach it; absent where it only polls. */
  readonly port?: number
}

/** The services have the ports of `npm start`. */
const processes: Record<ProcessName, Process> = {
  decider: { app: 'bot', command: ['node', 'apps/bot/src/main.ts', 'decider'] },
  worker: { app: 'bot', command: ['node', 'apps/bot/src/main.ts', 'worker'] },
  'queue-worker': { app: 'bot', command: ['node', 'apps/bot/src/main.ts', 'queue-worker'] },
  'workflow-starter': {
    app: 'bot',
    command: ['node', 'apps/bot/src/main.ts', 'workflow-starter'],
  },
  'dashboard-web': {
    app: 'dashboard',
    command: ['node', 'apps/dashboard/src/main.ts', 'web'],
    port: 4600,
  },
  'dashboard-consumer': {
    app: 'dashboard',
    command: ['node', 'apps/dashboard/src/main.ts', 'consumer'],
  },
  lax: { app: 'lax', command: ['node', 'apps/lax/src/main.ts'], port: 4602 },
  'lax-adaptor': { app: 'lax', command: ['node', 'apps/lax/src/adaptor/main.ts'] },
  journal: { app: 'journal', command: ['node', 'apps/journal/src/main.ts'], port: 4601 },
  metrics: { app: 'metrics', command: ['node', 'apps/metrics/src/main.ts'], port: 4605 },
  api: { app: 'api', command: ['node', 'apps/api/src/main.ts'], port: 4604 },
  deposits: { app: 'deposits', command: ['node', 'apps/deposits/src/main.ts'], port: 4606 },
}

/** The app that the process is a part of. */
export const appOf = (process: ProcessName): AppName => processes[process].app

/** The command that starts the process, from the root of the image. */
export const commandOf = (process: ProcessName): readonly string[] => processes[process].command

/** The command that starts several services in one process, from the root of the image: their names follow. */
export const serveCommand: readonly string[] = ['node', 'apps/serve/src/main.ts']

/** The port at which others reach the process; 0 for one that only polls. */
export const portOf = (process: ProcessName): number => processes[process].port ?? 0

/** True if the process serves the network: others reach it, some of them over the load balancer. */
export const serves = (process: ProcessName): boolean => processes[process].port !== undefined

/**
 * The port of every process in AWS at which it tells its health and its metrics, to the other processes alone. Each task has an address
 * of its own, so one number does for all.
 */
export const healthPort = 4680

/** The health port of a process: in the one task of the shape `small` the worker has the next, beside that of all others. */
export const healthPortOf = (process: ProcessName, { shape }: Pick<Environment, 'shape'>): number =>
  shape === 'small' && process === 'worker' ? healthPort + 1 : healthPort

/** The service of apps/serve that a process is: there the dashboard is one, its pages and its consumer. */
export const serviceNameOf = (process: ProcessName): string =>
  processes[process].app === 'dashboard' ? 'dashboard' : process

/** The processes that can share one: all but the worker, which computes much and would hold up the others in one thread. */
export const sharedProcesses = [
  'lax',
  'journal',
  'api',
  'dashboard-web',
  'decider',
  'queue-worker',
  'workflow-starter',
  'lax-adaptor',
  'metrics',
  'deposits',
] as const satisfies readonly ProcessName[]
