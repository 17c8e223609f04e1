import type { Environment } from '@continuum/environments'
import type { CustomResourceOptions } from '@pulumi/pulumi'

/**
 * The resource options of anything that holds data. In a protected environment Pulumi refuses to delete or replace it, and it stays in
 * AWS even if someone lifts the protection and removes it from the program.
 */
export function protection(environment: Pick<Environment, 'protected'>): CustomResourceOptions {
  return environment.protected ? { protect: true, retainOnDelete: true } : {}
}

/**
 * The resource options of something that may exist already and stays when the environment goes: Pulumi takes it over on the first `up`,
 * with the tags that it has.
 */
export function adoption(id: string): CustomResourceOptions {
  return { import: id, retainOnDelete: true, ignoreChanges: ['tags', 'tagsAll'] }
}
