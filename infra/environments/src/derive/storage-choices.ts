import { tagsOf, type ResourceChoices } from '@continuum/aws-resources'
import type { Environment } from '../model/environment.ts'

/** What an environment's settings say of its buckets, queues and SWF domain, to the program and to `provision` alike. */
export function storageChoices({
  name,
  cdn,
  retention,
}: Pick<Environment, 'name' | 'cdn' | 'retention'>): ResourceChoices {
  const { expandedDays, executionDays } = retention
  return {
    publicCdn: cdn === undefined,
    executionDays,
    ...(expandedDays !== undefined && { expandedDays }),
    tags: tagsOf(name),
  }
}
