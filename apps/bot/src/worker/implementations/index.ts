// Everything a worker can run, in the order of the steps. A new activity is one line here.
export { implementVersionLookup } from './arrival/version-lookup.ts'
export { implementExpandArticle } from './arrival/expand-article.ts'
export { implementCheckPackage } from './arrival/check-package.ts'

export { implementConvertJats } from './preparation/convert-jats.ts'
export { implementSetPublicationStatus } from './preparation/set-publication-status.ts'
export { implementResizeImages } from './preparation/resize-images.ts'
export { implementStageAssets } from './preparation/stage-assets.ts'
export { implementIngestToLax } from './preparation/ingest-to-lax.ts'
export { implementPostEif } from './preparation/post-eif.ts'
export { implementMarkReadyToPublish } from './preparation/mark-ready-to-publish.ts'
export { implementRequestPublication } from './preparation/request-publication.ts'

export { implementCheckApproval } from './publication/check-approval.ts'
export { implementPublishAssets } from './publication/publish-assets.ts'
export { implementPublishOnSite } from './publication/publish-on-site.ts'
export { implementPublishToLax } from './publication/publish-to-lax.ts'
export { implementStartPostPublication } from './publication/start-post-publication.ts'
export { implementSignalDelivery } from './publication/signal-delivery.ts'
export { implementArchiveArticle } from './publication/archive-article.ts'
export { implementEndPostPublication } from './publication/end-post-publication.ts'

export { implementReportFailure } from '../step/report-failure.ts'
