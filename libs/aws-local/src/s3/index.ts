import type { Ground, HttpService } from '../ground.ts'
import { openS3, type Neighbours } from './s3.ts'
import { createService } from './service.ts'

/** S3 on this ground; `sqs` takes the events of its buckets. */
export function createS3(ground: Ground, neighbours: Neighbours): HttpService {
  return createService(openS3(ground, neighbours))
}
