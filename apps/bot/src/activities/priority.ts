/**
 * The activities of the bot in the order of an article's way, the last to come first: where many articles wait, those furthest along go
 * on, so that articles are finished one after the other instead of all together at the end.
 *
 * Post-publication comes after publications, for readers do not wait for it; requests of people and failures come before
 * everything.
 */
const way = [
  'CompareDelivery',
  'VersionLookup',
  'ExpandArticle',
  'ConvertImages',
  'DepositAssets',
  'CheckPackage',
  'DescribeArticle',
  'SetPublicationStatus',
  'IngestToLax',
  'PostToSite',
  'HoldForApproval',
  'RequestApproval',
  'ArchiveArticle',
  'PlanDeposits',
  'EndPostPublication',
  'ResumeApproval',
  'CheckApproval',
  'HoldPublication',
  'PublishAssets',
  'ApprovePublication',
  'PublishToLax',
  'StartPostPublication',
  'TellDelivery',
  'ForgetDelivery',
  'ReinstateArticle',
  'WithdrawArticle',
  'ReportFailure',
] as const

/** The name of an activity of the bot. */
export type ActivityName = (typeof way)[number]

/** Returns the task priority of an activity. */
export function priorityOf(name: ActivityName): number {
  return way.indexOf(name)
}

/** The priorities of decisions, by workflow: as for activities, a publication comes before a delivery that has just arrived. */
export const decisionPriorities = { delivery: 0, postPublication: 1, publication: 2, request: 3 } as const
