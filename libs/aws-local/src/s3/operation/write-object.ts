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
 * Stores an object in place of the one with its key and sends the event, after checking the conditions in `headers`. Call it in a
 * transaction.
 * @returns the files of the replaced object, to be removed once the transaction is committed
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

/** Commits an object whose files have been written; removes the files if that fails. */
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
  // Checked early, so that no client sends gigabytes in vain; the check that counts runs when the object is committed.
  checkWrite(headers, s3.objects.get(bucket, key))
  const { file, size, md5, checksum } = await receive(s3.files, body, parseDeclaredContent(headers, signedBy))
  const segments = [{ file, size }]
  const object = { bucket, key, size, etag: md5, modified: modificationTime(s3), segments, description, checksum }
  commitObject(s3, object, 'ObjectCreated:Put', headers)
  return { headers: { etag: `"${md5}"`, ...checksumHeaders(checksum) } }
}
