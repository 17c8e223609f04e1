import { namesOf, resourcesOf, type Resources } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'

/** What an environment's storage is to be: the declaration that `continuum provision` makes too. */
export function storagePlan(environment: Environment): Resources {
  const { expandedDays, executionDays } = environment.retention
  return resourcesOf(namesOf(environment), {
    publicCdn: environment.cdn === undefined,
    executionDays,
    ...(expandedDays !== undefined && { expandedDays }),
  })
}
