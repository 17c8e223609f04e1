import { PutBucketTaggingCommand } from '@aws-sdk/client-s3'
import { TagQueueCommand } from '@aws-sdk/client-sqs'
import { TagResourceCommand } from '@aws-sdk/client-swf'
import type { Clients } from '@continuum/aws-resources'
import { isError } from './real-kind.ts'

type Tags = Record<string, string>
type Made = { id: string; arn: string }

const taggers: Record<string, (clients: Clients, made: Made, tags: Tags) => Promise<unknown>> = {
  'aws:s3/bucket:Bucket': ({ s3 }, { id }, tags) =>
    s3.send(
      new PutBucketTaggingCommand({
        Bucket: id,
        Tagging: { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
      }),
    ),
  'aws:sqs/queue:Queue': ({ sqs }, { id }, tags) => sqs.send(new TagQueueCommand({ QueueUrl: id, Tags: tags })),
  'aws:swf/domain:Domain': ({ swf }, { arn }, tags) =>
    swf.send(
      new TagResourceCommand({
        resourceArn: arn,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      }),
    ),
}

/** Puts the provider's default tags on a new resource, if its type has tags. */
export async function tag(type: string, clients: Clients, made: Made, tags: Tags): Promise<void> {
  try {
    await taggers[type]?.(clients, made, tags)
  } catch (error) {
    // aws-local has no tags on buckets.
    if (!isError(error, 'NotImplemented')) throw error
  }
}
