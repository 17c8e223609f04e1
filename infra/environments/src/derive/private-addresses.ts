import { processNames, type Environment, type ProcessName } from '../model/environment.ts'
import type { Addressed, Reached } from '../model/hosts.ts'
import { appOf, healthPort, portOf } from './processes.ts'

/** The private domain in which the services of an environment in AWS find each other. */
export const privateDomain = ({ name }: Pick<Environment, 'name'>): string => `${name}.internal`

/**
 * The addresses at which a process in AWS reaches the others. Calls between processes stay within the network: every process reaches
 * the article store there, and the bot the site. The dashboard has the public address of the site, for its links.
 *
 * @param outside the public addresses
 * @example addressesFor('worker', environment, outside).lax // 'http://lax.continuum-test.internal:4602'
 */
export function addressesFor<Address>(
  process: ProcessName,
  environment: Pick<Environment, 'name'>,
  outside: Readonly<Record<Addressed, Address>>,
): Record<Reached, Address | string> {
  const within = (service: ProcessName) => `http://${service}.${privateDomain(environment)}:${portOf(service)}`
  return {
    ...outside,
    lax: within('lax'),
    metrics: within('metrics'),
    deposits: within('deposits'),
    journal: appOf(process) === 'bot' ? within('journal') : outside.journal,
  }
}

/** The health port of every process of an environment in AWS; a name has the addresses of all tasks of its process. */
export const healthAddresses = (environment: Pick<Environment, 'name'>) =>
  processNames.map((name) => ({ name, address: `http://${name}.${privateDomain(environment)}:${healthPort}` }))
