import type { Planned } from '../testing/planned.ts'
import type { Described, DescribedBucket, DescribedQueue } from './described.ts'

/**
 * The inputs that only the program sets, with the reason: the one list of differences. Everything else is the same in both, or the
 * comparison fails. Tags are the same too but not compared here: `provision` tags each resource, in the program the provider does so,
 * which a policy checks.
 */
export const onlyInTheProgram: { type: string; input: string; why: string }[] = [
  {
    type: 'Bucket',
    input: 'forceDestroy',
    why: 'controls `pulumi destroy`; `provision` destroys nothing',
  },
]

/** The inputs that the comparison looks at, by type. */
const compared: Record<string, string[]> = {
  Bucket: ['bucket'],
  BucketServerSideEncryptionConfiguration: ['bucket', 'rules'],
  BucketVersioning: ['bucket', 'versioningConfiguration'],
  BucketLifecycleConfiguration: ['bucket', 'rules'],
  BucketPublicAccessBlock: [
    'bucket',
    'blockPublicAcls',
    'ignorePublicAcls',
    'blockPublicPolicy',
    'restrictPublicBuckets',
  ],
  BucketPolicy: ['bucket', 'policy'],
  BucketCorsConfiguration: ['bucket', 'corsRules'],
  BucketNotification: ['bucket', 'queues'],
  Queue: ['name', 'visibilityTimeoutSeconds', 'messageRetentionSeconds', 'sqsManagedSseEnabled', 'redrivePolicy'],
  QueuePolicy: ['queueUrl', 'policy'],
  Domain: ['name', 'workflowExecutionRetentionPeriodInDays'],
}

/** The inputs that are neither compared nor in the list of differences. */
export function unlisted(resources: Planned[]): string[] {
  return resources.flatMap(({ type, inputs }) => {
    const kind = kindOf(type)
    const known = [
      ...(compared[kind] ?? []),
      ...onlyInTheProgram.filter((one) => one.type === kind).map(({ input }) => input),
    ]
    return Object.keys(inputs)
      .filter((input) => !known.includes(input))
      .map((input) => `${kind}.${input}`)
  })
}

const kindOf = (type: string) => type.split(':').at(-1) ?? ''

/** Describes the program's resources in AWS's own terms. */
export function describeProgram(resources: Planned[]): Described {
  const of = (kind: string) => resources.filter(({ type }) => kindOf(type) === kind).map(({ inputs }) => inputs)
  const ofBucket = (kind: string, bucket: unknown) => of(kind).find((inputs) => inputs['bucket'] === bucket)
  const policies = new Map(
    of('QueuePolicy').map(({ queueUrl, policy }) => [String(queueUrl).split('/').at(-1), policy]),
  )
  return {
    buckets: Object.fromEntries(of('Bucket').map(({ bucket }) => [String(bucket), describeBucket(bucket, ofBucket)])),
    queues: Object.fromEntries(of('Queue').map((queue) => [String(queue['name']), describeQueue(queue, policies)])),
    notifications: of('BucketNotification')
      .flatMap(({ bucket, queues }) =>
        list(queues).map(({ id, queueArn, events, filterPrefix }) => ({
          bucket,
          id,
          queue: queueArn,
          events,
          prefix: filterPrefix ?? '',
        })),
      )
      .toSorted(byBucket),
    domains: of('Domain').map((domain) => ({
      name: String(domain['name']),
      retentionDays: Number(domain['workflowExecutionRetentionPeriodInDays']),
    })),
  }
}

const byBucket = (a: { bucket: unknown }, b: { bucket: unknown }) => (String(a.bucket) < String(b.bucket) ? -1 : 1)

type Inputs = Record<string, unknown>

function describeBucket(
  bucket: unknown,
  ofBucket: (kind: string, bucket: unknown) => Inputs | undefined,
): DescribedBucket {
  const { bucket: _, ...block } = ofBucket('BucketPublicAccessBlock', bucket) ?? {}
  const encryption = ofBucket('BucketServerSideEncryptionConfiguration', bucket)
  const versioning = ofBucket('BucketVersioning', bucket)
  const cors = ofBucket('BucketCorsConfiguration', bucket)
  return {
    encryption: list(encryption?.['rules']).map((rule) =>
      spelled(rule['applyServerSideEncryptionByDefault'], { sseAlgorithm: 'SSEAlgorithm' }),
    ),
    formerVersions: Object(versioning?.['versioningConfiguration']).status === 'Enabled',
    lifecycle: spelled(ofBucket('BucketLifecycleConfiguration', bucket)?.['rules'], { id: 'ID' }),
    publicAccess: spelled(block),
    policy: parsed(ofBucket('BucketPolicy', bucket)?.['policy']),
    scripts: cors && spelled(cors['corsRules']),
  }
}

function describeQueue(queue: Inputs, policies: Map<string | undefined, unknown>): DescribedQueue {
  return {
    visibilitySeconds: Number(queue['visibilityTimeoutSeconds']),
    retentionSeconds: Number(queue['messageRetentionSeconds']),
    encrypted: queue['sqsManagedSseEnabled'] === true,
    deadLetters: parsed(queue['redrivePolicy']),
    policy: parsed(policies.get(String(queue['name']))),
  }
}

const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined)

const list = (value: unknown): Inputs[] => (Array.isArray(value) ? value.map((one) => Object(one)) : [])

/** Spells Pulumi's names of settings as S3 does: `blockPublicAcls` is `BlockPublicAcls`. */
function spelled(value: unknown, exceptions: Record<string, string> = {}): unknown {
  if (Array.isArray(value)) return value.map((one) => spelled(one, exceptions))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      exceptions[key] ?? key.charAt(0).toUpperCase() + key.slice(1),
      spelled(part, exceptions),
    ]),
  )
}
