import { tagsOf } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'
import { Provider } from '@pulumi/aws'

/**
 * AWS, as an environment sees it: in its account alone (the provider refuses credentials of any other before it makes
 * anything), and whatever is made bears the environment's name.
 *
 * @param region where it is another than the environment's
 */
export function makeProvider(name: string, environment: Environment, region = environment.region): Provider {
  const { account } = environment
  return new Provider(name, {
    region,
    ...(account !== undefined && { allowedAccountIds: [account] }),
    defaultTags: { tags: tagsOf(environment.name) },
  })
}
