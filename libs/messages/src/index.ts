export { encodeMessage, readBody } from './body.ts'
export { DashboardMessage, Event, Property, readDashboardMessage, UnidentifiedDelivery } from './dashboard-message.ts'
export { encodeLosses, Losses, readLosses } from './losses.ts'
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
export { parseAs, UnreadableMessageError } from './unreadable.ts'
export {
  Deposit,
  DepositAction,
  DepositAttempt,
  DepositDetails,
  Deposits,
  DepositState,
  depositStates,
  PublishedFile,
  PublishedRun,
  Recipients,
  RecipientState,
} from './deposits.ts'
