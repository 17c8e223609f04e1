import type { ProcessName } from '@continuum/environments'

/** How an operator reads what a process of an environment has written lately. */
export const logsOf = (environment: string, process: ProcessName): string =>
  `npm run -s continuum -- env logs --env ${environment} --service ${process} --since 1h`

/** How an operator sees what runs in an environment, and what waits. */
export const statusOf = (environment: string): string => `npm run -s continuum -- env status --env ${environment}`
