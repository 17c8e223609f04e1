import type { IncomingHttpHeaders } from 'node:http'
import { checkWrite } from '../wire/conditions.ts'
import { S3Error } from '../model/errors.ts'
import { publishEvent } from './events.ts'
import { checkVersion } from './read-object.ts'
import { readDocument } from './document.ts'
import { bucketOf, type Operation, type S3 } from './s3.ts'
import { childrenOf, childText, onlyChildren, readXml, requiredChildText } from '../wire/xml-reader.ts'

/** Removes an object if it exists, and sends its event in the same transaction. */
function remove(s3: S3, bucket: string, key: string, conditions: IncomingHttpHeaders): void {
  const segments = s3.context.transaction(() => {
    const object = s3.objects.get(bucket, key)
    checkWrite(conditions, object)
    if (!object) return []
    s3.objects.remove(object)
    publishEvent(s3, 'ObjectRemoved:Delete', object)
    return object.segments
  })
  s3.files.remove(segments)
}

export const deleteObject: Operation = (s3, call) => {
  checkVersion(call)
  bucketOf(s3, call.bucket)
  remove(s3, call.bucket, call.key, call.headers)
  return { status: 204 }
}

const maxKeys = 1000

/** Removes up to 1,000 objects and reports on each, or on failures only if `Quiet` is set. */
export const deleteObjects: Operation = async (s3, call) => {
  bucketOf(s3, call.bucket)
  const document = await readDocument(call)
  const root = readXml(document, 'Delete')
  onlyChildren(root, ['Object', 'Quiet'])
  const wanted = childrenOf(root, 'Object').map((object) => {
    onlyChildren(object, ['Key', 'VersionId', 'ETag'])
    return {
      key: requiredChildText(object, 'Key'),
      version: childText(object, 'VersionId'),
      etag: childText(object, 'ETag'),
    }
  })
  if (wanted.length === 0 || wanted.length > maxKeys) throw new S3Error('MalformedXML')
  const quiet = childText(root, 'Quiet')?.trim() === 'true'
  const outcomes = wanted.map(({ key, version, etag }) => {
    try {
      if (version !== undefined && version !== 'null')
        throw new S3Error('InvalidArgument', 'Invalid version id specified')
      remove(s3, call.bucket, key, etag === undefined ? {} : { 'if-match': etag })
      return { deleted: { Key: key } }
    } catch (error) {
      if (!(error instanceof S3Error)) throw error
      return { failed: { Key: key, Code: error.code, Message: error.message } }
    }
  })
  return {
    xml: {
      root: 'DeleteResult',
      content: {
        Deleted: quiet ? undefined : outcomes.map((it) => it.deleted),
        Error: outcomes.map((it) => it.failed),
      },
    },
  }
}
