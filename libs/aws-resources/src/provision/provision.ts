import type { Clients } from '../clients.ts'
import type { Names } from '../names.ts'
import { resourcesOf } from '../resources.ts'
import { makeBucket, openForReading } from './buckets.ts'
import { makeDomain } from './domain.ts'
import { makeNotification } from './notification.ts'
import type { Outcome } from './outcome.ts'
import { admitNotifications, arnOf, linkDeadLetters, makeQueue } from './queues.ts'

/** One thing that an environment needs, and whether it had to be made. A thing that said something else is made anew. */
export interface Provisioned {
  kind: 'bucket' | 'public reading' | 'queue' | 'dead letters' | 'sender' | 'notification' | 'domain'
  /** The bucket's, queue's or domain's name. */
  name: string
  outcome: Outcome
}

/**
 * Makes all that an environment owns in AWS, where it is not there yet. It can be repeated, interrupted and run twice at
 * once; it deletes nothing.
 *
 * @param onProgress is told each thing as it is done
 */
export async function provision(
  clients: Clients,
  names: Names,
  onProgress: (thing: Provisioned) => void = () => undefined,
): Promise<Provisioned[]> {
  const { s3, sqs, swf } = clients
  const { buckets, queues, notification, domain } = resourcesOf(names)
  const consumed = Object.values(queues)
  const things: Provisioned[] = []
  const note = async (kind: Provisioned['kind'], name: string, work: Promise<Outcome>) => {
    const thing = { kind, name, outcome: await work }
    things.push(thing)
    onProgress(thing)
  }

  await Promise.all([
    note('domain', domain.name, makeDomain(swf, domain)),
    ...Object.values(buckets).map(async ({ name, publicRead }) => {
      await note('bucket', name, makeBucket(s3, name))
      if (publicRead) await note('public reading', name, openForReading(s3, name))
    }),
    ...consumed
      .flatMap((queue) => [queue, queue.deadLetters])
      .map((queue) => note('queue', queue.name, makeQueue(sqs, queue))),
  ])
  await Promise.all(consumed.map((queue) => note('dead letters', queue.name, linkDeadLetters(sqs, queue))))
  await note('sender', notification.queue, admitNotifications(sqs, notification.queue, notification.bucket))
  const queueArn = await arnOf(sqs, notification.queue)
  await note('notification', notification.bucket, makeNotification(s3, notification, queueArn))
  return things
}
