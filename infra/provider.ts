import { tagsOf } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'
import { Provider } from '@pulumi/aws'

/**
 * Creates the AWS provider of an environment. It refuses the credentials of any other account, and tags everything with the
 * environment's name.
 *
 * @param region only needed where it differs from the environment's
 */
export function makeProvider(name: string, environment: Environment, region = environment.region): Provider {
  const { account } = environment
  return new Provider(name, {
    region,
    ...(account !== undefined && { allowedAccountIds: [account] }),
    defaultTags: { tags: tagsOf(environment.name) },
  })
}
