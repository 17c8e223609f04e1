import type { ServerContext, HttpService } from '../shared/context.ts'
import { openS3, type S3Dependencies, type S3 } from './operation/s3.ts'
import { createService } from './service.ts'

/** The S3 service: its HTTP handler, and its state for use within the process. */
export interface S3Service {
  readonly service: HttpService
  readonly within: S3
}

/** Creates the S3 service; `sqs` receives the events of its buckets. */
export function createS3(context: ServerContext, dependencies: S3Dependencies): S3Service {
  const s3 = openS3(context, dependencies)
  return { service: createService(s3), within: s3 }
}
