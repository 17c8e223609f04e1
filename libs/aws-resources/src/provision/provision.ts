import type { Clients } from '../connect/clients.ts'
import type { Names } from '../declare/names.ts'
import { resourcesOf, type BucketResource, type QueueResource, type ResourceChoices } from '../declare/resources.ts'
import { admitScripts, blockPublicAccess, encrypt, keepFormerVersions, tagBucket, tidy } from './bucket-settings.ts'
import { makeBucket, openForReading } from './buckets.ts'
import { makeDomain } from './domain.ts'
import { makeNotification } from './notification.ts'
import type { Outcome } from './outcome.ts'
import { admitNotifications, arnOf, linkDeadLetters, makeQueue } from './queues.ts'
import { tagDomain, tagQueue } from './tags.ts'

/** One thing that an environment needs, and whether it had to be made. A thing that said something else is made anew. */
export interface Provisioned {
  kind:
    | 'bucket'
    | 'encryption'
    | 'former versions'
    | 'lifecycle'
    | 'public access'
    | 'public reading'
    | 'scripts'
    | 'queue'
    | 'dead letters'
    | 'sender'
    | 'notification'
    | 'domain'
    | 'tags'
  /** The bucket's, queue's or domain's name. */
  name: string
  outcome: Outcome
}

/**
 * Makes all that an environment owns in AWS, where it is not there yet. It can be repeated, interrupted and run twice at
 * once; it deletes nothing.
 *
 * @param onProgress is told each thing as it is done
 * @param choices as the infra program makes them from an environment's settings
 */
export async function provision(
  clients: Clients,
  names: Names,
  onProgress: (thing: Provisioned) => void = () => undefined,
  choices: ResourceChoices = {},
): Promise<Provisioned[]> {
  const { s3, sqs, swf } = clients
  const { buckets, queues, notification, domain, tags } = resourcesOf(names, choices)
  const consumed = Object.values(queues)
  const tagged = Object.keys(tags).length > 0
  const things: Provisioned[] = []
  const note = async (kind: Provisioned['kind'], name: string, work: Promise<Outcome>) => {
    const thing = { kind, name, outcome: await work }
    things.push(thing)
    onProgress(thing)
  }

  /** One thing after the other: S3 refuses two changes of one bucket at once. */
  const bucket = async (wanted: BucketResource) => {
    const { name, publicRead, formerVersionsDays } = wanted
    await note('bucket', name, makeBucket(s3, name))
    await note('encryption', name, encrypt(s3, wanted))
    if (formerVersionsDays !== undefined) await note('former versions', name, keepFormerVersions(s3, wanted))
    await note('lifecycle', name, tidy(s3, wanted))
    await note('public access', name, blockPublicAccess(s3, wanted))
    if (publicRead) {
      await note('public reading', name, openForReading(s3, name))
      await note('scripts', name, admitScripts(s3, wanted))
    }
    if (tagged) await note('tags', name, tagBucket(s3, name, tags))
  }
  const queue = async (wanted: QueueResource) => {
    await note('queue', wanted.name, makeQueue(sqs, wanted))
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
  await note('sender', notification.queue, admitNotifications(sqs, notification.queue, notification.bucket))
  const queueArn = await arnOf(sqs, notification.queue)
  await note('notification', notification.bucket, makeNotification(s3, notification, queueArn))
  return things
}
