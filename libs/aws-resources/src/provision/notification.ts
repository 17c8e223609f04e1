import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type QueueConfiguration,
  type S3Client,
} from '@aws-sdk/client-s3'
import { notificationRules, type Notification } from '../declare/resources.ts'
import { same, type Outcome } from './outcome.ts'
import { retryUntilVisible } from './retry-until-visible.ts'

/**
 * Makes the bucket notify the queue of new objects. Each put makes S3 send a test event, so an existing notification is left alone.
 * Other notifications of the bucket stay.
 */
export async function makeNotification(s3: S3Client, notification: Notification, queueArn: string): Promise<Outcome> {
  const { id, bucket, events } = notification
  const isOurs = ({ Id = '' }: QueueConfiguration) => Id === id || Id.startsWith(`${id}-`)
  const { $metadata: _, ...held } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket }))
  const [ours, others] = [true, false].map((own) =>
    (held.QueueConfigurations ?? []).filter((each) => isOurs(each) === own),
  )
  const rules: QueueConfiguration[] = notificationRules(notification).map((rule) => ({
    Id: rule.id,
    QueueArn: queueArn,
    Events: events,
    ...('prefix' in rule && { Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: rule.prefix }] } } }),
  }))
  if (same(inOrder(ours ?? []), inOrder(rules))) return 'unchanged'
  const wanted = { ...held, QueueConfigurations: [...(others ?? []), ...rules] }
  const put = new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: wanted })
  // S3 refuses the notification until it sees the queue's new policy.
  await retryUntilVisible('InvalidArgument', () => s3.send(put))
  return 'created'
}

/** The rules by their ids: S3 has them in no order. */
const inOrder = (rules: readonly QueueConfiguration[]) =>
  rules.map(described).toSorted((one, other) => ((one.Id ?? '') < (other.Id ?? '') ? -1 : 1))

/** A rule without what S3 spells in its own way: `Prefix` for `prefix`, no filter as an empty one. */
function described({ Id, QueueArn, Events, Filter }: QueueConfiguration) {
  const filters = (Filter?.Key?.FilterRules ?? []).map(({ Name, Value }) => `${Name?.toLowerCase()}=${Value}`)
  return { Id, QueueArn, Events, filters }
}
