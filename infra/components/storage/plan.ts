import { namesOf, resourcesOf, type Resources } from '@continuum/aws-resources'
import { storageChoices, type Environment } from '@continuum/environments'

/** The storage of an environment: the declaration that `provision` uses too. */
export function storagePlan(environment: Environment): Resources {
  return resourcesOf(namesOf(environment), storageChoices(environment))
}
