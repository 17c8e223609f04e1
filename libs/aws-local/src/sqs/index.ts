import type { ServerContext, HttpService } from '../shared/context.ts'
import { perRegion, regionOfArn } from '../shared/region.ts'
import { resumeMoveTasks } from './operation/move-tasks.ts'
import { numberIn } from '../shared/rows.ts'
import { skippingClock } from '../time/skipping-clock.ts'
import type { Sender } from './model/queue-policy.ts'
import { deliver, type Delivery } from './operation/send.ts'
import { regionsOf } from './store/queue-store.ts'
import { createService } from './service.ts'
import { openSqs, queueWithArn, type Sqs } from './operation/sqs.ts'

/** The SQS service: its HTTP handler, and its entry points for the rest of the server. */
export interface SqsService {
  readonly service: HttpService
  readonly in: (region: string) => Sqs
  /** Advances its time at once: visibility, delays, retention, polls. */
  readonly skip: (ms: number) => void
  /** Sends `body` to the queue with this ARN, within the current transaction. */
  deliver(queueArn: string, body: string, sender: Sender): Delivery
}

/** Creates the SQS service; `duplicates` decides for each message, at its first receive, whether it is delivered twice. */
export function createSqs(context: ServerContext, { duplicates }: Pick<Sqs, 'duplicates'>): SqsService {
  const ahead = numberIn(context.db.prepare('SELECT skipped FROM sqs_time').get() ?? {}, 'skipped')
  const clock = skippingClock(context.clock, ahead)
  const keep = context.db.prepare('UPDATE sqs_time SET skipped = skipped + ?')
  const sqsIn = perRegion({ ...context, clock }, (here) => openSqs(here, duplicates))
  for (const region of regionsOf(context.db)) resumeMoveTasks(sqsIn(region))
  return {
    in: sqsIn,
    service: createService(sqsIn, context.region),
    skip(ms) {
      keep.run(ms)
      clock.skip(ms)
    },
    deliver(arn, body, sender) {
      const sqs = sqsIn(regionOfArn(arn))
      return deliver(sqs, queueWithArn(sqs, arn), body, sender)
    },
  }
}
