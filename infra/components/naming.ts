import { awsNamesOf, type Environment } from '@continuum/environments'

/** What a thing of an environment is called where AWS wants a name that no other environment has: `ct-database`. */
export function ownName(environment: Pick<Environment, 'prefix' | 'name'>, thing: string): string {
  return `${awsNamesOf(environment).prefix}${thing}`
}
