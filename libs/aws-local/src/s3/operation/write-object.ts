import type { IncomingHttpHeaders } from 'node:http'
import { checksumHeaders } from '../wire/checksum-headers.ts'
import { checkWrite } from '../wire/conditions.ts'
import { parseDescription } from '../wire/object-headers.ts'
import { publishEvent, type EventName } from './events.ts'
import { receive } from './intake.ts'
import { checkKey } from '../model/names.ts'
import type { Segment } from '../model/range.ts'
import { parseDeclaredContent } from '../wire/declared-content.ts'
import type { StoredObject } from '../store/object-store.ts'
import { bucketOf, modificationTime, type Operation, type S3 } from './s3.ts'

/**
 * Puts an object in the place of the one that has its key, with the event, deciding the conditions of `headers`. To be
 * called in a transaction.
 * @returns the files of the object that was replaced, to be removed once the transaction is committed
 */
export function replaceObject(
  s3: S3,
  object: StoredObject,
  event: EventName,
  headers: IncomingHttpHeaders,
): readonly Segment[] {
  bucketOf(s3, object.bucket)
  const current = s3.objects.get(object.bucket, object.key)
  checkWrite(headers, current)
  s3.objects.put(object)
  publishEvent(s3, event, object)
  return current?.segments ?? []
}

/** Commits an object whose files were made for it; where that fails they are removed. */
export function commitObject(s3: S3, object: StoredObject, event: EventName, headers: IncomingHttpHeaders): void {
  try {
    s3.files.remove(s3.context.transaction(() => replaceObject(s3, object, event, headers)))
  } catch (error) {
    s3.files.remove(object.segments)
    throw error
  }
}

export const putObject: Operation = async (s3, { bucket, key, headers, body, signedBy }) => {
  checkKey(key)
  bucketOf(s3, bucket)
  const description = parseDescription(headers)
  // Asked early, so that nobody sends gigabytes in vain; what counts is asked again when the object is committed.
  checkWrite(headers, s3.objects.get(bucket, key))
  const { file, size, md5, checksum } = await receive(s3.files, body, parseDeclaredContent(headers, signedBy))
  const segments = [{ file, size }]
  const object = { bucket, key, size, etag: md5, modified: modificationTime(s3), segments, description, checksum }
  commitObject(s3, object, 'ObjectCreated:Put', headers)
  return { headers: { etag: `"${md5}"`, ...checksumHeaders(checksum) } }
}
