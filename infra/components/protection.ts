import type { Environment } from '@continuum/environments'
import type { CustomResourceOptions } from '@pulumi/pulumi'

/**
 * How a resource that holds data is kept: in a protected environment the engine refuses to delete or to replace it, and
 * even where someone takes the protection off and removes it from the program, what is in AWS stays.
 */
export function protection(environment: Pick<Environment, 'protected'>): CustomResourceOptions {
  return environment.protected ? { protect: true, retainOnDelete: true } : {}
}
