export { createClients, createPollingClients, type Clients } from './connect/clients.ts'
export { consume } from './connect/consume.ts'
export { consumeBatches } from './connect/consume-batches.ts'
export type { Consumer, ConsumerLog } from './connect/receive-loop.ts'
export type { Handled, ReceivedMessage } from './connect/received-message.ts'
export { logPrefixes, type CountedLog } from './declare/log-prefixes.ts'
export { bucketRoles, namesOf, queueRoles, tagsOf, type Names, type QueueRole } from './declare/names.ts'
export { bucketPolicy, publicReadCors, queuePolicy, tlsOnly, type Policy } from './declare/policies.ts'
export { deadLettersOf, type AsideMessage } from './queues/dead-letters.ts'
export { depthsOf, type QueueStatus } from './queues/depths.ts'
export { redriveAll, redriveOne } from './queues/redrive.ts'
export { makeDomain } from './provision/domain.ts'
export { hasTls, provision, type Provisioned } from './provision/provision.ts'
export { NoSuchQueueError, queueUrl } from './connect/queue-url.ts'
export {
  notificationRules,
  resourcesOf,
  type BucketResource,
  type BucketRole,
  type ConsumedQueue,
  type Notification,
  type NotificationRole,
  type QueueResource,
  type ResourceChoices,
  type Resources,
} from './declare/resources.ts'
export { EnvironmentSettings, namesFor } from './declare/settings.ts'
