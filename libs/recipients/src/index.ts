export type {
  AskResult,
  ByteSource,
  Document,
  Later,
  Recipient,
  Refused,
  SendContext,
  SendResult,
  Sent,
} from './recipient.ts'
