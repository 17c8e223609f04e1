import type { ProcessName } from '@continuum/environments'

/** The command that prints the recent log of a process. */
export const logsOf = (environment: string, process: ProcessName): string =>
  `npm run -s continuum -- env logs --env ${environment} --service ${process} --since 1h`

/** The command that prints the processes, queues and executions of an environment. */
export const statusOf = (environment: string): string => `npm run -s continuum -- env status --env ${environment}`
