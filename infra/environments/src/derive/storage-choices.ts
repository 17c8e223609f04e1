import { tagsOf, type ResourceChoices } from '@continuum/aws-resources'
import type { Environment } from '../model/environment.ts'

/** The choices of an environment about its buckets, queues and SWF domain, for the Pulumi program and for `provision`. */
export function storageChoices({
  name,
  cdn,
  usageSource,
  retention,
}: Pick<Environment, 'name' | 'cdn' | 'usageSource' | 'retention'>): ResourceChoices {
  const { expandedDays, executionDays } = retention
  return {
    publicCdn: cdn === undefined,
    executionDays,
    countedLogs: usageSource === 'cdn-logs' ? ['cdn', 'journal'] : ['cdn'],
    ...(expandedDays !== undefined && { expandedDays }),
    tags: tagsOf(name),
  }
}
