import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { Busy, PatientRun } from './busy.ts'
import { serviceRetry, step, storageRetry } from './step.ts'

/** Writes the EIF and the article JSON, and tells the dashboard what the article is. */
export const convertJats = step({
  name: 'DescribeArticle',
  version: '1',
  event: 'Convert JATS',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '10m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Decides by rule whether the run waits for a person or is published at once. */
export const setPublicationStatus = step({
  name: 'SetPublicationStatus',
  version: '1',
  event: 'Set Publication Status',
  input: ArticleRun,
  output: Type.Object({ automatic: Type.Boolean() }),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Makes the images that pages show of the figures. Has workers of its own, so that it holds up nothing else. */
export const resizeImages = step({
  name: 'ConvertImages',
  version: '1',
  event: 'Resize Images',
  input: ArticleRun,
  output: Type.Void(),
  taskList: 'images',
  timeouts: { run: '6h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Lays out the files that readers will get, each with a copy for download, below the run. */
export const stageAssets = step({
  name: 'DepositAssets',
  version: '1',
  event: 'Deposit assets',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '1h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Gives the article to the article store, where it is not public yet. */
export const ingestToLax = step({
  name: 'IngestToLax',
  version: '1',
  event: 'Ingest To Lax',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Gives the article to the site, where it is not public yet. */
export const postEif = step({
  name: 'PostToSite',
  version: '1',
  event: 'Post EIF',
  input: PatientRun,
  output: Type.Union([Type.Void(), Busy]),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Hands the run to the people at the dashboard. */
export const markReadyToPublish = step({
  name: 'HoldForApproval',
  version: '1',
  event: 'Ready To Publish',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Asks, in place of a person, for the run to be published. */
export const requestPublication = step({
  name: 'RequestApproval',
  version: '1',
  event: 'Request Publication',
  /** `heldBy`: the workflowId of the execution that waits for the end of the publication. */
  input: Type.Object({ ...ArticleRun.properties, heldBy: Type.String() }),
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
