export { createClients, createPollingClients, type Clients } from './clients.ts'
export { consume, type Consumer, type ConsumerLog, type Handled, type ReceivedMessage } from './consume.ts'
export { namesOf, tagsOf, type Names } from './names.ts'
export { notificationPolicy, publicReadCors, publicReadPolicy, type Policy } from './policies.ts'
export { provision, type Provisioned } from './provision/provision.ts'
export { NoSuchQueue, queueUrl } from './queue-url.ts'
export {
  resourcesOf,
  type BucketResource,
  type BucketRole,
  type ConsumedQueue,
  type QueueResource,
  type QueueRole,
  type ResourceChoices,
  type Resources,
} from './resources.ts'
export { EnvironmentSettings } from './settings.ts'
