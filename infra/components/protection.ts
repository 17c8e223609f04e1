import type { BucketRole } from '@continuum/aws-resources'
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

/**
 * The resource options of what keeps a bucket closed, encrypted and tidy. On one that was taken over it stays with the bucket when the
 * environment goes: without its policy and its block of public access it would be open to what they refuse.
 */
export function settingOfBucket(
  { adoptedBuckets }: Pick<Environment, 'adoptedBuckets'>,
  role: BucketRole,
): CustomResourceOptions {
  return adoptedBuckets.includes(role) ? { retainOnDelete: true } : {}
}
