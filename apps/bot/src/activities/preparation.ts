import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { Busy, PatientRun } from './busy.ts'
import { serviceRetry, step, storageRetry } from './step.ts'

/** Converts the XML to EIF and article JSON, and tells the dashboard title, authors and the like. */
export const convertJats = step({
  name: 'DescribeArticle',
  version: '1',
  event: 'Convert JATS',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '10m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Decides by rule whether the run waits for a person or is published at once. */
export const setPublicationStatus = step({
  name: 'SetPublicationStatus',
  version: '1',
  event: 'Set Publication Status',
  input: ArticleRun,
  output: Type.Object({ automatic: Type.Boolean() }),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Makes the images for pages from the figures. It has a task list of its own, so that it holds up nothing else. */
export const resizeImages = step({
  name: 'ConvertImages',
  version: '1',
  event: 'Resize Images',
  input: ArticleRun,
  output: Type.Void(),
  taskList: 'images',
  timeouts: { startToClose: '6h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Stages the files for readers, each with a copy for download, below the run's folder. */
export const stageAssets = step({
  name: 'DepositAssets',
  version: '1',
  event: 'Deposit assets',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Stores the article in lax, unpublished. */
export const ingestToLax = step({
  name: 'IngestToLax',
  version: '1',
  event: 'Ingest To Lax',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Posts the EIF to the site, unpublished. */
export const postEif = step({
  name: 'PostToSite',
  version: '1',
  event: 'Post EIF',
  input: PatientRun,
  output: Type.Union([Type.Void(), Busy]),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

/** Hands the run over to the editors: they preview and publish it on the dashboard. */
export const markReadyToPublish = step({
  name: 'HoldForApproval',
  version: '1',
  event: 'Ready To Publish',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})

/** Requests the publication of the run, in place of an editor. */
export const requestPublication = step({
  name: 'RequestApproval',
  version: '1',
  event: 'Request Publication',
  /** `heldBy`: the workflowId of the execution that waits for the end of the publication. */
  input: Type.Object({ ...ArticleRun.properties, heldBy: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
