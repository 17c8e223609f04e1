import type { Ground, HttpService } from '../shared/context.ts'
import { openS3, type Neighbours, type S3 } from './operation/s3.ts'
import { createService } from './service.ts'

/** S3 on this ground: its HTTP face, and what is behind it. */
export interface S3Service {
  readonly service: HttpService
  readonly within: S3
}

/** S3 on this ground; `sqs` takes the events of its buckets. */
export function createS3(ground: Ground, neighbours: Neighbours): S3Service {
  const s3 = openS3(ground, neighbours)
  return { service: createService(s3), within: s3 }
}
