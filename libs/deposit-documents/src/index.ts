export { readRecord, IncompleteRecordFailure } from './record/read.ts'
export type { ArticleRecord } from './record/record.ts'
export type { JournalDetails, PublishedVersion } from './record/journal.ts'
export type { RecordNotice } from './record/notice.ts'
export { planCrossref, type CrossrefDeposit, type CrossrefKind, type CrossrefPlan } from './crossref/plan.ts'
export { InvalidDepositFailure, type WrittenDeposit } from './crossref/batch.ts'
export { nextTimestamp } from './crossref/timestamp.ts'
export type { NameProblem } from './crossref/contributors.ts'
export { InvalidPubmedFailure, pubmedDocument, type PubmedDocument, type PubmedInput } from './pubmed/article.ts'
export { doajDocument, type DoajDocument } from './doaj.ts'
export { packageRules, type PackageRule } from './packages/rule.ts'
export { nextRevision, packageName, PackageNameFailure, type NameValues } from './packages/names.ts'
export {
  EmptyPackageFailure,
  planDelivery,
  writePackage,
  type PackageFile,
  type PlannedPackage,
  type VersionFiles,
} from './packages/plan.ts'
export {
  authorMailRules,
  chooseAuthorMail,
  withoutDoubledInsights,
  type AuthorMailRule,
  type AuthorTemplate,
  type DueMail,
  type MailChoice,
  type MailFacts,
} from './mail/choose.ts'
export { addressees, addressKey, isAddress, type Addressee } from './mail/addresses.ts'
export { renderMail, TemplateFailure, type MailTemplate, type RenderedMail } from './mail/template.ts'
export { authorTemplates, type AuthorMailVariables } from './mail/author-templates.ts'
export { staffTemplates, type StaffItem } from './mail/staff-templates.ts'
