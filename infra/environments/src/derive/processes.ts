import type { ProcessName } from '../model/environment.ts'

/** The apps of an environment; each is deployed separately, with all its processes. */
export const appNames = ['bot', 'dashboard', 'lax', 'journal', 'metrics', 'api', 'deposits'] as const
export type AppName = (typeof appNames)[number]

interface Process {
  readonly app: AppName
  readonly command: readonly string[]
  readonly port: number
  /** True if it serves the network: it listens on all addresses, behind the load balancer. */
  readonly serves: boolean
}

/** The services have the ports of `npm start`; the others answer only `/ping` and `/status`, for health checks. */
const processes: Record<ProcessName, Process> = {
  decider: { app: 'bot', command: ['node', 'apps/bot/src/main.ts', 'decider'], port: 4610, serves: false },
  worker: { app: 'bot', command: ['node', 'apps/bot/src/main.ts', 'worker'], port: 4611, serves: false },
  'queue-worker': { app: 'bot', command: ['node', 'apps/bot/src/main.ts', 'queue-worker'], port: 4612, serves: false },
  'workflow-starter': {
    app: 'bot',
    command: ['node', 'apps/bot/src/main.ts', 'workflow-starter'],
    port: 4613,
    serves: false,
  },
  'dashboard-web': {
    app: 'dashboard',
    command: ['node', 'apps/dashboard/src/main.ts', 'web'],
    port: 4600,
    serves: true,
  },
  'dashboard-consumer': {
    app: 'dashboard',
    command: ['node', 'apps/dashboard/src/main.ts', 'consumer'],
    port: 4614,
    serves: false,
  },
  lax: { app: 'lax', command: ['node', 'apps/lax/src/main.ts'], port: 4602, serves: true },
  'lax-adaptor': { app: 'lax', command: ['node', 'apps/lax/src/adaptor/main.ts'], port: 4615, serves: false },
  journal: { app: 'journal', command: ['node', 'apps/journal/src/main.ts'], port: 4601, serves: true },
  metrics: { app: 'metrics', command: ['node', 'apps/metrics/src/main.ts'], port: 4605, serves: true },
  api: { app: 'api', command: ['node', 'apps/api/src/main.ts'], port: 4604, serves: true },
  deposits: { app: 'deposits', command: ['node', 'apps/deposits/src/main.ts'], port: 4606, serves: true },
}

/** The app that the process is a part of. */
export const appOf = (process: ProcessName): AppName => processes[process].app

/** The command that starts the process, from the root of the image. */
export const commandOf = (process: ProcessName): readonly string[] => processes[process].command

/** The command that starts several services in one process, from the root of the image: their names follow. */
export const serveCommand: readonly string[] = ['node', 'apps/serve/src/main.ts']

/** The port at which the process answers `/ping` and `/status`, and serves its service if it has one. */
export const portOf = (process: ProcessName): number => processes[process].port

/** True if the process serves the network. */
export const serves = (process: ProcessName): boolean => processes[process].serves

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
