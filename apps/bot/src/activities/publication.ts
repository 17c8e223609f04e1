import { ApprovalData } from '@continuum/messages'
import { Type, type Static } from 'typebox'
import { ArticleRun, Run } from './article-run.ts'
import { Busy, PatientRun } from './busy.ts'
import { serviceRetry, step, storageRetry, unshown } from './step.ts'

/** The date before which nothing of a version may be public. */
const Embargo = Type.Object({ until: Type.String(), seconds: Type.Integer({ minimum: 1 }) })

/** Has an approved publication wait for its date. */
export const holdPublication = step({
  name: 'HoldPublication',
  version: '1',
  event: 'Embargo',
  input: Type.Object({ ...Run.properties, publicationData: Type.String(), embargo: Embargo }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Requests a publication whose date has come. */
export const resumeApproval = step({
  name: 'ResumeApproval',
  version: '1',
  event: 'Embargo Ended',
  input: Type.Object({ ...Run.properties, approval: ApprovalData }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, maxAttempts: 200 },
})

/** Checks that what was approved is what would be published, before any of it is public. */
export const checkApproval = step({
  name: 'CheckApproval',
  version: '1',
  event: 'Check Approval',
  input: Type.Object({ ...Run.properties, publicationData: Type.String() }),
  /** With `embargo` where its date of publication is still to come. */
  output: Type.Object({ ...ArticleRun.properties, embargo: Type.Optional(Embargo) }),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Copies the files of the run to the CDN, and removes there what this version no longer has. */
export const publishAssets = step({
  name: 'PublishAssets',
  version: '1',
  event: 'Publish Assets',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Publishes the version on the site. */
export const publishOnSite = step({
  name: 'ApprovePublication',
  version: '1',
  event: 'Approve Publication',
  input: PatientRun,
  output: Type.Union([Type.Void(), Busy]),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Publishes the version in lax. */
export const publishToLax = step({
  name: 'PublishToLax',
  version: '1',
  event: 'Publish To Lax',
  input: ArticleRun,
  /** The version's date of publication, an instant. */
  output: Type.Object({ published: Type.String() }),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Requests PostPerfectPublication, and then tells the dashboard that the version is published. */
export const startPostPublication = step({
  name: 'StartPostPublication',
  version: '1',
  event: 'Start Post Publication',
  /** `published`: the instant that the archive's name is stamped with. */
  input: Type.Object({ ...ArticleRun.properties, published: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** The signal with the outcome of a publication, for the delivery that waits for it. */
export type PublicationEnded = Static<typeof PublicationEnded>
export const PublicationEnded = Type.Object({
  run: Type.String(),
  /** The date of publication that it waits for, if it was approved before. */
  waitsUntil: Type.Optional(Type.String()),
  /** Absent when it succeeded. */
  failure: Type.Optional(Type.Object({ activity: Type.String(), message: Type.String() })),
})

/** Signals the outcome of a publication to the delivery that waits for it, if it still does. */
export const signalDelivery = unshown({
  name: 'TellDelivery',
  version: '1',
  input: Type.Object({ workflowId: Type.String(), ended: PublicationEnded }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, maxAttempts: 200 },
})

/** Archives what was published as a zip whose name has version and date. */
export const archiveArticle = step({
  name: 'ArchiveArticle',
  version: '1',
  event: 'Archive Article',
  /** `folder` of the run; `published`: the instant that the archive's name is stamped with. */
  input: Type.Object({ ...Run.properties, folder: Type.String(), published: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '2h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Plans who gets what was published. The deposits service sends it, at its hours; publication does not wait for that. */
export const planDeposits = step({
  name: 'PlanDeposits',
  version: '1',
  event: 'Plan Deposits',
  /** `published`: the instant of the version, or of its silent correction. */
  input: Type.Object({ ...Run.properties, folder: Type.String(), published: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Tells the dashboard that post-publication is complete. */
export const endPostPublication = step({
  name: 'EndPostPublication',
  version: '1',
  event: 'Post Publication',
  input: Run,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
