import { arn, isArn, policyDocument } from '../rules/documents.ts'
import { each, matches, oneOf, type Kinds, type Making } from '../rules/kind.ts'
import { isObject, textOf, type Value } from '../../wire/values.ts'

const bucket = matches(
  'bucket',
  /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)(?!.*\.\.)(?!.*-s3alias$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of a bucket: 3 to 63 of a-z, 0-9, dots and hyphens, from a letter or digit to a letter or digit',
)

/** A setting of a bucket, whose id is the bucket's name. */
const setting = (...rules: Kinds[string]['rules']): Kinds[string] => ({
  replaces: ['bucket'],
  rules: [bucket, ...rules],
  made: ({ text }) => ({ id: text('bucket') }),
})

const made = ({ text, context }: Making) => {
  const id = text('bucket')
  return {
    id,
    arn: `arn:aws:s3:::${id}`,
    bucketDomainName: `${id}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${id}.s3.${context.region}.amazonaws.com`,
    bucketRegion: context.region,
    hostedZoneId: 'Z3AQBSTGFYJSTF',
  }
}

const isNotifyingQueue = (queue: unknown) =>
  isObject(queue) && isArn(queue['queueArn']) && Array.isArray(queue['events']) && queue['events'].every(isEvent)
const isEvent = (event: unknown) => typeof event === 'string' && /^s3:[A-Za-z]+(:[A-Za-z*]+)?$/.test(event)

/** True if an object would be told by two rules, as far as prefixes and all of their events tell. */
const overlap = (queues: readonly Value[]) => {
  const prefixes = queues.map((queue) => (isObject(queue) ? textOf(queue['filterPrefix']) : ''))
  return prefixes.some((one, index) => prefixes.some((other, place) => place !== index && one.startsWith(other)))
}

const priorityOf = (rule: Value) => (isObject(rule) ? rule['priority'] : undefined)

export const s3 = {
  'aws:s3/bucket:Bucket': { named: 'bucket', replaces: ['bucket'], rules: [bucket], made },
  'aws:s3/bucketPolicy:BucketPolicy': setting(policyDocument('policy', 'resource')),
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': setting(),
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': setting({
    property: 'rule',
    holds: (value) =>
      isObject(value) &&
      ['BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'].includes(textOf(value['objectOwnership'])),
    says: 'an objectOwnership BucketOwnerPreferred, ObjectWriter or BucketOwnerEnforced',
  }),
  'aws:s3/bucketLogging:BucketLogging': setting(
    { ...bucket, property: 'targetBucket' },
    {
      property: 'targetBucket',
      holds: (value, inputs) => value !== inputs['bucket'],
      says: 'another bucket: one that logs into itself never ends',
    },
  ),
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': setting(),
  'aws:s3/bucketVersioning:BucketVersioning': setting({
    property: 'versioningConfiguration',
    holds: (value) =>
      isObject(value) && oneOf('status', 'Enabled', 'Suspended', 'Disabled').holds(value['status'] ?? null, {}),
    says: 'a status Enabled, Suspended or Disabled',
  }),
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': setting(
    each(
      'rules',
      (rule) =>
        isObject(rule) &&
        (rule['status'] === 'Enabled' || rule['status'] === 'Disabled') &&
        typeof rule['id'] === 'string',
      'rules with an id and a status Enabled or Disabled',
    ),
  ),
  'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration': setting(
    each(
      'corsRules',
      (rule) => isObject(rule) && Array.isArray(rule['allowedMethods']) && Array.isArray(rule['allowedOrigins']),
      'rules with allowedMethods and allowedOrigins',
    ),
  ),
  'aws:s3/bucketReplicationConfig:BucketReplicationConfig': setting(
    arn('role'),
    each(
      'rules',
      (rule) =>
        isObject(rule) &&
        (rule['status'] === 'Enabled' || rule['status'] === 'Disabled') &&
        isObject(rule['destination']) &&
        isArn(rule['destination']['bucket']) &&
        // A rule with a filter says both.
        (rule['filter'] === undefined ||
          (Number.isInteger(rule['priority']) && isObject(rule['deleteMarkerReplication']))),
      'rules with a status, the ARN of a destination and, with a filter, a priority and deleteMarkerReplication',
    ),
    {
      property: 'rules',
      holds: (rules) => Array.isArray(rules) && new Set(rules.map(priorityOf)).size === rules.length,
      says: 'rules of different priorities',
    },
  ),
  'aws:s3/bucketNotification:BucketNotification': setting(
    each('queues', isNotifyingQueue, "queues with the queue's ARN and events such as s3:ObjectCreated:*"),
    {
      property: 'queues',
      holds: (value) => Array.isArray(value) && !overlap(value),
      says: 'rules for objects of their own: no prefix begins with that of another (Configurations overlap)',
    },
  ),
} satisfies Kinds
