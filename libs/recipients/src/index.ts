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
} from './seam/recipient.ts'
export { crossref, type CrossrefSettings } from './crossref/crossref.ts'
export { sftp, type SftpSettings } from './transfer/sftp.ts'
export { ftp, type FtpSettings } from './transfer/ftp.ts'
export type { TransferSettings } from './transfer/deliver.ts'
export { doaj, type DoajSettings } from './http/doaj.ts'
export { askPubmed, type PubmedAnswersSettings } from './http/pubmed.ts'
export { jisc, type JiscSettings } from './http/jisc.ts'
export { xmlRepository, type XmlRepositorySettings } from './http/repository.ts'
export { smtp, type SmtpSettings } from './mail/smtp.ts'
export { composeMail, type Mail } from './mail/compose.ts'
