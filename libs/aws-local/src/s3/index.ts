import type { Ground, HttpService } from '../ground.ts'
import type { SqsService } from '../sqs/index.ts'

/** S3 on this ground; `sqs` takes the notifications. */
export function createS3(_ground: Ground, _events: { sqs: Pick<SqsService, 'deliver' | 'exists'> }): HttpService {
  return async (_request, response) => void response.writeHead(501).end()
}
