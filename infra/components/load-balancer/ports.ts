import { portOf, type Environment } from '@continuum/environments'

/** The processes that the load balancer leads to. */
export const entered = ['dashboard-web', 'journal', 'lax'] as const
export type Entered = (typeof entered)[number]
/** Thrown for an environment whose services would be open to everybody without TLS. For a person: its file is to be changed. */
export class OpenWithoutTls extends Error {
  override readonly name = 'OpenWithoutTls'
}

/**
 * Where the load balancer listens. With a domain: 443, and 80 to send people there. Without one there are no host names to
 * tell services apart by, so each has its own port, that of `npm start`: 4600 dashboard, 4601 journal, 4602 lax.
 */
export function entrancePorts(environment: Pick<Environment, 'domain'>): readonly number[] {
  return environment.domain ? [80, 443] : entered.map(portOf)
}

/**
 * Whom the load balancer lets in. Without a domain passwords and cookies travel unencrypted, so the environment must say itself
 * from where.
 *
 * @throws OpenWithoutTls
 */
export function admitted(environment: Pick<Environment, 'name' | 'domain' | 'reachableFrom'>): readonly string[] {
  const { name, domain, reachableFrom } = environment
  if (reachableFrom) return reachableFrom
  if (domain) return ['0.0.0.0/0']
  throw new OpenWithoutTls(
    `${name} has no domain, so its services are reached without TLS. Give it a domain, or say in ${name}.ts from where they may be reached, such as reachableFrom: ['203.0.113.7/32']`,
  )
}
