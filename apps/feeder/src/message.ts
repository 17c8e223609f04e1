import type { DeliveryData, StarterMessage } from '@continuum/messages'
import type { StoredObject } from './listing.ts'

/** Builds the message that starts a workflow for an object, as if it had just been put into the bucket. */
export function messageFor(
  object: StoredObject,
  feeding: { bucket: string; workflow: string; at: Temporal.Instant },
): StarterMessage {
  const delivery: DeliveryData = {
    event_name: 'ObjectCreated:Put',
    event_time: feeding.at.toString({ fractionalSecondDigits: 6 }),
    bucket_name: feeding.bucket,
    file_name: object.key,
    file_etag: object.etag,
    file_size: object.size,
  }
  return { workflow_name: feeding.workflow, workflow_data: delivery }
}
