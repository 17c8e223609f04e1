import type { Clients } from '@continuum/aws-resources'
import type { AwsContext } from '../../stand-in/rules/kind.ts'
import { make } from '../../stand-in/make.ts'
import type { Notes } from '../provider/kept.ts'
import { updated, type Keeper } from '../provider/keeper.ts'
import { bucketPolicy } from './real/bucket-policy.ts'
import { bucket } from './real/bucket.ts'
import { cors } from './real/cors.ts'
import { domain } from './real/domain.ts'
import { notification } from './real/notification.ts'
import { publicAccess } from './real/public-access.ts'
import { queuePolicy } from './real/queue-policy.ts'
import { queue } from './real/queue.ts'
import { asGiven, type RealKind } from './real/real-kind.ts'
import { tag } from './real/tags.ts'
import { textOf, type Properties } from '../../wire/values.ts'

/** The types that are really created; all others are kept as given. */
const realKinds: Record<string, RealKind> = {
  'aws:s3/bucket:Bucket': bucket,
  'aws:s3/bucketPolicy:BucketPolicy': bucketPolicy,
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': publicAccess,
  'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration': cors,
  'aws:s3/bucketNotification:BucketNotification': notification,
  'aws:sqs/queue:Queue': queue,
  'aws:sqs/queuePolicy:QueuePolicy': queuePolicy,
  'aws:swf/domain:Domain': domain,
}

/**
 * Creates resources of S3, SQS and SWF at `AWS_ENDPOINT_URL`, and passes the rest to `kept`, which is told what exists there.
 *
 * @param options.tags are put on everything that has tags
 */
export function realAws(
  clients: Clients,
  options: { context: AwsContext; tags: Record<string, string> },
  kept: Keeper & Notes,
): Keeper {
  return {
    ...kept,
    async create(thing) {
      const real = realKinds[thing.type]
      if (!real) return kept.create(thing)
      const { id, ...more } = await real.create(clients, thing.inputs)
      const { outputs } = make({ ...thing, digits: '' }, options.context)
      const known: Properties = { ...outputs, ...more }
      await tag(thing.type, clients, { id, arn: textOf(known['arn']) }, options.tags)
      kept.note({ type: thing.type, id, inputs: thing.inputs, outputs: known })
      return { id, outputs: known }
    },
    async read(thing) {
      const real = realKinds[thing.type]
      if (!real) return kept.read(thing)
      const found = await real.read(clients, thing.id)
      if (!found) return undefined
      const { inputs, outputs } = thing
      // Pulumi takes over a resource that it does not know.
      if (Object.keys(inputs).length === 0 && Object.keys(outputs).length === 0) {
        const taken = { ...real.imported, ...found }
        return { inputs: taken, outputs: make({ ...thing, inputs: taken, digits: '' }, options.context).outputs }
      }
      const now = Object.fromEntries(
        Object.entries(found).flatMap(([property, value]) =>
          inputs[property] === undefined ? [] : [[property, asGiven(value, inputs[property]) ?? null]],
        ),
      )
      return { inputs: { ...inputs, ...now }, outputs: { ...outputs, ...now } }
    },
    async update(thing) {
      const real = realKinds[thing.type]
      if (!real) return kept.update(thing)
      await real.update(clients, thing.id, thing.inputs)
      const outputs = updated(thing.outputs, thing.oldInputs, thing.inputs)
      kept.note({ type: thing.type, id: thing.id, inputs: thing.inputs, outputs })
      return outputs
    },
    async delete(thing) {
      const real = realKinds[thing.type]
      if (!real) return kept.delete(thing)
      await real.delete(clients, thing.id, thing.outputs)
      kept.forget(thing)
    },
  }
}
