import type { Environment, ProcessName } from '../model/environment.ts'
import type { Addressed } from '../model/hosts.ts'
import { appOf, portOf } from './processes.ts'

/** The domain in which services of an environment in AWS find each other; nobody outside knows it. */
export const privateDomain = ({ name }: Pick<Environment, 'name'>): string => `${name}.internal`

/**
 * Where a process in AWS finds the others. What is said within the environment stays in its network: the article store is spoken
 * to there alone, and the site by the pipeline. The dashboard has the site's address for people to follow.
 *
 * @param outside where people and machines reach each from outside
 * @example addressesFor('worker', environment, outside).lax // 'http://lax.continuum-test.internal:4602'
 */
export function addressesFor<Address>(
  process: ProcessName,
  environment: Pick<Environment, 'name'>,
  outside: Readonly<Record<Addressed, Address>>,
): Record<Addressed, Address | string> {
  const within = (service: ProcessName) => `http://${service}.${privateDomain(environment)}:${portOf(service)}`
  return {
    ...outside,
    lax: within('lax'),
    journal: appOf(process) === 'bot' ? within('journal') : outside.journal,
  }
}
