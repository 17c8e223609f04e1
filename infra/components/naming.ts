import { awsNamesOf, type Environment } from '@continuum/environments'

/** A name that is unique to the environment within an AWS account: `ct-database`. */
export function ownName(environment: Pick<Environment, 'prefix' | 'name' | 'shape'>, thing: string): string {
  return `${awsNamesOf(environment).prefix}${thing}`
}
