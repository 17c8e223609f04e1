import type { Environment } from '@continuum/environments'

/**
 * What a thing of an environment is called where AWS wants a name that no other environment has: `ct-database`; in an
 * environment without a prefix `prod-database`.
 */
export function ownName({ prefix, name }: Pick<Environment, 'prefix' | 'name'>, thing: string): string {
  return `${prefix === '' ? `${name}-` : prefix}${thing}`
}
