import { portOf, type Environment } from '@continuum/environments'

/** The processes behind the load balancer. */
export const publicProcesses = ['dashboard-web', 'journal', 'lax', 'api'] as const
export type PublicProcess = (typeof publicProcesses)[number]

/** Thrown for an environment whose services would be open to everybody without TLS. A person must change its file. */
export class MissingTlsError extends Error {
  override readonly name = 'MissingTlsError'
}

/**
 * The ports of the listeners. With a domain: 443, and 80 to redirect to it. Without one there are no host names to tell services
 * apart, so each has its own port, the same as with `npm start`: 4600 dashboard, 4601 journal, 4602 lax, 4604 api.
 */
export function listenerPorts(environment: Pick<Environment, 'domain'>): readonly number[] {
  return environment.domain ? [80, 443] : publicProcesses.map(portOf)
}

/**
 * The CIDR blocks that may reach the load balancer. Without a domain passwords and cookies travel unencrypted, so the environment
 * must name them itself.
 *
 * @throws MissingTlsError
 */
export function allowedCidrs(environment: Pick<Environment, 'name' | 'domain' | 'reachableFrom'>): readonly string[] {
  const { name, domain, reachableFrom } = environment
  if (reachableFrom) return reachableFrom
  if (domain) return ['0.0.0.0/0']
  throw new MissingTlsError(
    `${name} has no domain, so its services are reached without TLS. Give it a domain, or list in ${name}.ts the addresses that may reach them, such as reachableFrom: ['203.0.113.7/32']`,
  )
}
