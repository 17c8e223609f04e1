import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type Event,
  type NotificationConfigurationFilter,
  type S3Client,
} from '@aws-sdk/client-s3'
import { isObject, listOf, textOf, type Properties, type Value } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

/** AWS itself refuses unknown events. */
const isEvent = (value: Value): value is Event => typeof value === 'string'

const filterOf = (prefix: string) =>
  prefix === '' ? undefined : { Key: { FilterRules: [{ Name: 'prefix' as const, Value: prefix }] } }

const put = (s3: S3Client, id: string, inputs: Properties) =>
  s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: id,
      NotificationConfiguration: {
        QueueConfigurations: listOf(inputs['queues'])
          .filter(isObject)
          .map((queue) => ({
            Id: textOf(queue['id']) || undefined,
            QueueArn: textOf(queue['queueArn']),
            Events: listOf(queue['events']).filter(isEvent),
            Filter: filterOf(textOf(queue['filterPrefix'])),
          })),
      },
    }),
  )

/** S3 spells the name of the rule with a capital letter. */
function prefixIn(filter: NotificationConfigurationFilter | undefined) {
  const value = filter?.Key?.FilterRules?.find(({ Name }) => Name?.toLowerCase() === 'prefix')?.Value
  return value === undefined ? {} : { filterPrefix: value }
}

export const notification: RealKind = {
  async create({ s3 }, inputs) {
    const id = textOf(inputs['bucket'])
    await put(s3, id, inputs)
    return { id }
  },
  async read({ s3 }, id) {
    const found = await orGone(s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: id })), 'NoSuchBucket')
    if (!found?.QueueConfigurations?.length) return undefined
    const queues = found.QueueConfigurations.map(({ Id, QueueArn, Events, Filter }) => ({
      ...(Id !== undefined && { id: Id }),
      queueArn: QueueArn ?? '',
      events: Events ?? [],
      ...prefixIn(Filter),
    }))
    return { bucket: id, queues }
  },
  async update({ s3 }, id, inputs) {
    await put(s3, id, inputs)
  },
  async delete({ s3 }, id) {
    await orGone(put(s3, id, {}), 'NoSuchBucket')
  },
}
