import { namesOf } from '@continuum/aws-resources'
import { archiveCopyNames } from '../derive/archive-copy-names.ts'
import type { Environment } from '../model/environment.ts'
import { addressed, hostsOf } from '../model/hosts.ts'
import type { ValidationError } from './validation-error.ts'

/** Finds the resources that two environments would share. */
export function clashes(environment: Environment, other: Environment): ValidationError[] {
  return [sameBuckets, sameQueues, sameHosts, secondUnique].flatMap((rule) => [...rule(environment, other)])
}

/** Bucket names are globally unique. */
function* sameBuckets(environment: Environment, other: Environment): Iterable<ValidationError> {
  const [{ own, copies }, theirs] = [bucketsOf(environment), bucketsOf(other)]
  const taken = new Set([...theirs.own, ...theirs.copies])
  const shared = own.find((name) => taken.has(name))
  if (shared !== undefined)
    yield {
      path: 'prefix',
      text: `and organisation give it the buckets of ${other.name} (${shared}): choose another prefix or bucketSuffix`,
    }
  const copied = copies.find((name) => taken.has(name))
  if (shared === undefined && copied !== undefined)
    yield {
      path: 'archiveCopy',
      text: `gives it the buckets of ${other.name} (${copied}): choose another archiveCopy.bucket`,
    }
}

function bucketsOf(environment: Environment) {
  const { bucket, logs } = archiveCopyNames(environment) ?? {}
  return {
    own: Object.values(namesOf(environment).buckets),
    copies: [bucket, logs].filter((name) => name !== undefined),
  }
}

/** Names of queues and SWF domains are unique within a region of an account. */
function* sameQueues(environment: Environment, other: Environment): Iterable<ValidationError> {
  const apart =
    environment.region !== other.region ||
    (environment.account !== undefined && other.account !== undefined && environment.account !== other.account)
  if (!apart && environment.prefix === other.prefix)
    yield {
      path: 'prefix',
      text: `gives it the queues and the SWF domain of ${other.name} (${namesOf(other).domain}): choose another prefix`,
    }
}

function* sameHosts(environment: Environment, other: Environment): Iterable<ValidationError> {
  const [ours, theirs] = [hostsOf(environment), Object.values(hostsOf(other) ?? {})]
  for (const service of addressed)
    if (ours && theirs.includes(ours[service]))
      yield { path: `domain.hosts.${service}`, text: `is also a host of ${other.name}: ${ours[service]}` }
}

/** At most one environment of a journal is the one that its readers see. */
function* secondUnique(environment: Environment, other: Environment): Iterable<ValidationError> {
  if (!environment.unique || !other.unique) return
  const shared = environment.journals.find(({ prefix }) => other.journals.some((each) => each.prefix === prefix))
  if (shared)
    yield {
      path: 'unique',
      text: `cannot be true: ${other.name} is already the unique environment of the journal ${shared.name}`,
    }
}
