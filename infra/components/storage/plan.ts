import { namesOf, resourcesOf, type Resources } from '@continuum/aws-resources'
import { storageChoices, type Environment } from '@continuum/environments'

/** What an environment's storage is to be: the declaration that `provision` makes too. */
export function storagePlan(environment: Environment): Resources {
  return resourcesOf(namesOf(environment), storageChoices(environment))
}
