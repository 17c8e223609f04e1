export { encodeMessage, readBody } from './body.ts'
export {
  Event,
  Property,
  readDashboardMessage,
  UnidentifiedDelivery,
  type DashboardMessage,
} from './dashboard-message.ts'
export { readS3Event, type S3Event, type S3Record } from './s3-event.ts'
export {
  ApprovalData,
  decodePublicationData,
  DeliveryData,
  encodePublicationData,
  FollowOnData,
  readStarterMessage,
  StarterMessage,
} from './starter-message.ts'
export { UnreadableMessage } from './unreadable.ts'
