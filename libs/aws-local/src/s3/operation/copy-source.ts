import type { IncomingHttpHeaders } from 'node:http'
import { checkCopySource } from '../wire/conditions.ts'
import { header } from '../wire/headers.ts'
import { invalidArgument } from '../model/errors.ts'
import type { StoredObject } from '../store/object-store.ts'
import { objectOf, type S3 } from './s3.ts'

/** Reads `x-amz-copy-source`: `[/]bucket/key[?versionId=null]`, percent-encoded. Throws InvalidArgument. */
function parseCopySource(text: string): { bucket: string; key: string } {
  const refuse = (message: string) => invalidArgument(message, 'x-amz-copy-source', text)
  const [path = '', version] = text.split(/\?versionId=/)
  if (version !== undefined && version !== 'null') throw refuse('Invalid version id specified')
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(path, refuse)) ?? []
  if (bucket === undefined || key === undefined)
    throw refuse('Copy Source must mention the source bucket and key: sourcebucket/sourcekey')
  return { bucket, key }
}

function decode(path: string, refuse: (message: string) => Error): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw refuse('Copy Source must be URL-encoded')
  }
}

/** The source object of a copy, with its conditions checked. Throws NoSuchBucket, NoSuchKey, InvalidArgument or PreconditionFailed. */
export function copySourceOf(s3: S3, headers: IncomingHttpHeaders): StoredObject {
  const object = objectOf(s3, parseCopySource(header(headers, 'x-amz-copy-source') ?? ''))
  checkCopySource(headers, object)
  return object
}
