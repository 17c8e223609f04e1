import { processNames, type Environment, type ProcessName } from '../model/environment.ts'
import type { Addressed, Reached } from '../model/hosts.ts'
import { appOf, healthPort, healthPortOf, portOf, serviceNameOf, sharedProcesses } from './processes.ts'

/** The private domain in which the services of an environment in AWS find each other. */
export const privateDomain = ({ name }: Pick<Environment, 'name'>): string => `${name}.internal`

/**
 * The addresses at which a process in AWS reaches the others. Calls between processes stay within the network: every process reaches
 * the article store there, and the bot the site. The dashboard has the public address of the site, for its links. In the shape `small` they
 * share a task, and so its loopback.
 *
 * @param outside the public addresses
 * @example addressesFor('worker', environment, outside).lax // 'http://lax.continuum-test.internal:4602'
 */
export function addressesFor<Address>(
  process: ProcessName,
  environment: Pick<Environment, 'name' | 'shape'>,
  outside: Readonly<Record<Addressed, Address>>,
): Record<Reached, Address | string> {
  const hostOf = (service: ProcessName) =>
    environment.shape === 'small' ? '127.0.0.1' : `${service}.${privateDomain(environment)}`
  const within = (service: ProcessName) => `http://${hostOf(service)}:${portOf(service)}`
  return {
    ...outside,
    lax: within('lax'),
    metrics: within('metrics'),
    deposits: within('deposits'),
    journal: appOf(process) === 'bot' ? within('journal') : outside.journal,
  }
}

/**
 * The health ports of an environment in AWS, by the names of their processes. A name has the addresses of all tasks of its process; in the
 * shape `small` the services share one at the loopback of their task, and the worker has another.
 */
export function healthAddresses(
  environment: Pick<Environment, 'name' | 'shape'>,
): { readonly name: string; readonly address: string }[] {
  if (environment.shape === 'separate')
    return processNames.map((name) => ({ name, address: `http://${name}.${privateDomain(environment)}:${healthPort}` }))
  return [...sharedProcesses, 'worker' as const].map((process) => ({
    name: serviceNameOf(process),
    address: `http://127.0.0.1:${healthPortOf(process, environment)}`,
  }))
}
