import { awsNamesOf, type Environment } from '@continuum/environments'

/** A name that is unique to the environment within an AWS account: `ct-database`. */
export function ownName(environment: Pick<Environment, 'prefix' | 'name' | 'shape'>, thing: string): string {
  return `${awsNamesOf(environment).prefix}${thing}`
}

/** The name of the load balancer, of which AWS allows 32 characters. */
export function loadBalancerName(environment: Pick<Environment, 'prefix' | 'name' | 'shape'>): string {
  return awsNamesOf(environment).cluster.slice(0, 32).replace(/-+$/, '')
}

/** The AWS account in an ARN; empty where it has none, as that of a bucket. */
export const accountIn = (arn: string): string => arn.split(':')[4] ?? ''
