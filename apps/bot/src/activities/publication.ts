import { activity } from '@continuum/workflow-core'
import { Type, type Static } from 'typebox'
import { ArticleRun, Run } from './article-run.ts'
import { Busy, PatientRun } from './busy.ts'
import { serviceRetry, step, storageRetry } from './step.ts'

/** Makes sure that what was approved is what would be published, before anything of it is public. */
export const checkApproval = step({
  name: 'CheckApproval',
  version: '1',
  event: 'Check Approval',
  input: Type.Object({ ...Run.properties, publicationData: Type.String() }),
  output: ArticleRun,
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Copies the files of the run to the CDN, and removes there what this version no longer has. */
export const publishAssets = step({
  name: 'PublishAssets',
  version: '1',
  event: 'Publish Assets',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '1h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Makes the version public on the site. */
export const publishOnSite = step({
  name: 'ApprovePublication',
  version: '1',
  event: 'Approve Publication',
  input: PatientRun,
  output: Type.Union([Type.Void(), Busy]),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Makes the version public in the article store. */
export const publishToLax = step({
  name: 'PublishToLax',
  version: '1',
  event: 'Publish To Lax',
  input: ArticleRun,
  /** The version's date of publication, an instant. */
  output: Type.Object({ published: Type.String() }),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Asks for what follows a publication, and then tells the dashboard that the version is published. */
export const startPostPublication = step({
  name: 'StartPostPublication',
  version: '1',
  event: 'Start Post Publication',
  /** `published`: the instant that the archive's name is stamped with. */
  input: Type.Object({ ...ArticleRun.properties, published: Type.String() }),
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** The signal by which a publication tells the delivery that waits for it how it ended. */
export type PublicationEnded = Static<typeof PublicationEnded>
export const PublicationEnded = Type.Object({
  run: Type.String(),
  /** Absent: it is published. */
  failure: Type.Optional(Type.Object({ activity: Type.String(), message: Type.String() })),
})

/** Signals to the delivery that waits for a publication how it ended. One that is gone needs no telling. */
export const signalDelivery = activity({
  name: 'TellDelivery',
  version: '1',
  input: Type.Object({ workflowId: Type.String(), ended: PublicationEnded }),
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, attempts: 200 },
})

/** Zips what was published, under the name that says version and date. */
export const archiveArticle = step({
  name: 'ArchiveArticle',
  version: '1',
  event: 'Archive Article',
  /** `folder` of the run; `published`: the instant that the archive's name is stamped with. */
  input: Type.Object({ ...Run.properties, folder: Type.String(), published: Type.String() }),
  output: Type.Void(),
  timeouts: { run: '2h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Tells the dashboard that all that follows the publication is done. */
export const endPostPublication = step({
  name: 'EndPostPublication',
  version: '1',
  event: 'Post Publication',
  input: Run,
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
