export { encodeMessage, readBody } from './body.ts'
export {
  DashboardMessage,
  Event,
  MessageBatch,
  Property,
  readDashboardMessages,
  UnidentifiedDelivery,
  type ReadMessages,
} from './dashboard-message.ts'
export { reasonAttribute, unidentifiedDelivery, type DeadLetter } from './dead-letter.ts'
export { encodeLaxReply, LaxReply, LaxRequest, readLaxRequest, replyAddress } from './lax-message.ts'
export { encodeLosses, Losses, readLosses } from './losses.ts'
export { readS3Event, type S3Event, type S3Record } from './s3-event.ts'
export {
  ApprovalData,
  decodePublicationData,
  DeliveryData,
  DismissalData,
  EmbargoData,
  encodePublicationData,
  FollowOnData,
  importMetadata,
  importsFolder,
  readStarterMessage,
  ReinstatementData,
  StarterMessage,
  WithdrawalData,
} from './starter-message.ts'
export { uuidOf } from './uuid.ts'
export { parseAs, UnreadableMessageError } from './unreadable.ts'
export {
  Deposit,
  DepositAction,
  DepositAttempt,
  DepositDetails,
  Deposits,
  ListedAuthors,
  DepositState,
  depositStates,
  PublishedFile,
  PublishedRun,
  Recipients,
  Suppressions,
  RecipientState,
} from './deposits.ts'
