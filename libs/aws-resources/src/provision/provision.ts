import type { Clients } from '../connect/clients.ts'
import type { Names } from '../declare/names.ts'
import { resourcesOf, type BucketResource, type QueueResource, type ResourceChoices } from '../declare/resources.ts'
import { allowCors, blockPublicAccess, enableVersioning, encrypt, setLifecycle, tagBucket } from './bucket-settings.ts'
import { makeBucket, setBucketPolicy } from './buckets.ts'
import { makeDomain } from './domain.ts'
import { makeNotification } from './notification.ts'
import type { Outcome } from './outcome.ts'
import { arnOf, linkDeadLetters, makeQueue, setQueuePolicy } from './queues.ts'
import { tagDomain, tagQueue } from './tags.ts'

/** A resource or setting of an environment, and the outcome for it; `created` also means that it was changed. */
export interface Provisioned {
  kind:
    | 'bucket'
    | 'encryption'
    | 'versioning'
    | 'lifecycle'
    | 'public access'
    | 'bucket policy'
    | 'CORS'
    | 'queue'
    | 'dead letters'
    | 'queue policy'
    | 'notification'
    | 'domain'
    | 'tags'
  /** The bucket's, queue's or domain's name. */
  name: string
  outcome: Outcome
}

/** True if an endpoint of AWS has TLS: AWS's own, where none is set, and every other whose address says so. */
export function hasTls(endpoint: string | undefined): boolean {
  return !(endpoint ?? '').startsWith('http:')
}

/**
 * Creates the storage of an environment in AWS, as far as it does not exist. Safe to repeat, to interrupt and to run concurrently;
 * deletes nothing.
 *
 * @param onProgress called after each resource or setting
 * @param choices the environment's choices, as the Pulumi program has them
 * @param tls false where the endpoint has no TLS, as a stand-in on this machine: policies that refuse calls without it are not set
 */
export async function provision(
  clients: Clients,
  names: Names,
  onProgress: (thing: Provisioned) => void = () => undefined,
  choices: ResourceChoices = {},
  tls = true,
): Promise<Provisioned[]> {
  const { s3, sqs, swf } = clients
  const { buckets, queues, notifications, domain, tags } = resourcesOf(names, choices)
  const consumed = Object.values(queues)
  const tagged = Object.keys(tags).length > 0
  const things: Provisioned[] = []
  const note = async (kind: Provisioned['kind'], name: string, work: Promise<Outcome>) => {
    const thing = { kind, name, outcome: await work }
    things.push(thing)
    onProgress(thing)
  }

  /** Sequential, since S3 refuses concurrent changes of one bucket. */
  const bucket = async (wanted: BucketResource) => {
    const { name, publicRead, behindCdn, formerVersionsDays } = wanted
    await note('bucket', name, makeBucket(s3, name))
    await note('encryption', name, encrypt(s3, wanted))
    if (formerVersionsDays !== undefined) await note('versioning', name, enableVersioning(s3, wanted))
    await note('lifecycle', name, setLifecycle(s3, wanted))
    await note('public access', name, blockPublicAccess(s3, wanted))
    if (!behindCdn) await note('bucket policy', name, setBucketPolicy(s3, wanted, tls))
    if (publicRead) await note('CORS', name, allowCors(s3, wanted))
    if (tagged) await note('tags', name, tagBucket(s3, name, tags))
  }
  const notifying = new Map(Object.values(notifications).map(({ queue: to, bucket: from }) => [to, from]))
  const queue = async (wanted: QueueResource) => {
    await note('queue', wanted.name, makeQueue(sqs, wanted))
    await note('queue policy', wanted.name, setQueuePolicy(sqs, wanted.name, notifying.get(wanted.name), tls))
    if (tagged) await note('tags', wanted.name, tagQueue(sqs, wanted.name, tags))
  }
  const swfDomain = async () => {
    await note('domain', domain.name, makeDomain(swf, domain))
    if (tagged) await note('tags', domain.name, tagDomain(swf, domain.name, tags))
  }
  await Promise.all([
    swfDomain(),
    ...Object.values(buckets).map(bucket),
    ...consumed.flatMap((each) => [each, each.deadLetters]).map(queue),
  ])
  await Promise.all(consumed.map((each) => note('dead letters', each.name, linkDeadLetters(sqs, each))))
  for (const notification of Object.values(notifications)) {
    const queueArn = await arnOf(sqs, notification.queue)
    await note('notification', notification.bucket, makeNotification(s3, notification, queueArn))
  }
  return things
}
