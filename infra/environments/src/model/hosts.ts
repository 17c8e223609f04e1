import type { Environment } from './environment.ts'

/** The services that have an address of their own. */
export const addressed = ['dashboard', 'journal', 'lax', 'api', 'cdn'] as const
export type Addressed = (typeof addressed)[number]

/** the services that other processes reach: those, and the deposits and the usage counter, which nobody reaches from outside. */
export type Reached = Addressed | 'deposits' | 'metrics'

/** The host names of an environment: `<name>--<service>.<domain>`, or those in its file. Undefined without a domain. */
export function hostsOf(
  environment: Pick<Environment, 'name' | 'domain'>,
): Readonly<Record<Addressed, string>> | undefined {
  const { name, domain } = environment
  if (!domain) return undefined
  const host = (service: Addressed) => domain.hosts?.[service] ?? `${name}--${service}.${domain.name}`
  return {
    dashboard: host('dashboard'),
    journal: host('journal'),
    lax: host('lax'),
    api: host('api'),
    cdn: host('cdn'),
  }
}
