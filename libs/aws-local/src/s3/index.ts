import type { Ground, HttpService } from '../ground.ts'
import type { SqsService } from '../sqs/index.ts'
import { openS3 } from './s3.ts'
import { createService } from './service.ts'

/** S3 on this ground; `sqs` takes the events of its buckets. */
export function createS3(ground: Ground, { sqs }: { sqs: Pick<SqsService, 'deliver' | 'exists'> }): HttpService {
  return createService(openS3(ground, sqs))
}
