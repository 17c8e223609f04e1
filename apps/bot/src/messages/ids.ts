import { uuidOf } from '@continuum/messages'

/** An object as one delivery put it: the same file put again is another delivery. */
export interface DeliveredObject {
  readonly bucket_name: string
  readonly file_name: string
  readonly file_etag: string | null
  readonly event_time: string
}

/** Derives the run of a delivery. A message that arrives twice is the same run; the same file put again is another run. */
export function runOf({ bucket_name, file_name, file_etag, event_time }: DeliveredObject): string {
  return uuidOf('run', bucket_name, file_name, file_etag, event_time)
}
