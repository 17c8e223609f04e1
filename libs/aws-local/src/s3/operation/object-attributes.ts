import { invalidArgument } from '../model/errors.ts'
import type { StoredObject } from '../store/object-store.ts'
import { checksumXml } from '../wire/checksum-headers.ts'
import { header } from '../wire/headers.ts'
import { checkVersion } from './read-object.ts'
import { objectOf, type Operation } from './s3.ts'

type Content = Readonly<Record<string, string | number>>

/** The XML of each attribute that can be asked for; undefined where the object has none. */
const attributes: Readonly<Record<string, (object: StoredObject) => string | number | Content | undefined>> = {
  ETag: ({ etag }) => etag,
  Checksum: ({ checksum }) => (checksum ? checksumXml(checksum) : undefined),
  ObjectParts: (object) => partsOf(object),
  StorageClass: () => 'STANDARD',
  ObjectSize: ({ size }) => size,
}

/** Describes an object without reading it. Parts are counted, not listed. */
export const getObjectAttributes: Operation = (s3, call) => {
  checkVersion(call)
  const object = objectOf(s3, call)
  const asked = (header(call.headers, 'x-amz-object-attributes') ?? '').split(',').map((name) => name.trim())
  const unknown = asked.filter((name) => !Object.hasOwn(attributes, name))
  if (unknown.length > 0) {
    const wanted = Object.keys(attributes).join(', ')
    throw invalidArgument(`Expected are one or more of ${wanted}.`, 'x-amz-object-attributes', unknown.join(', '))
  }
  const content = Object.entries(attributes).flatMap(([name, valueOf]) => {
    const value = asked.includes(name) ? valueOf(object) : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    headers: { 'last-modified': new Date(object.modified).toUTCString() },
    xml: { root: 'GetObjectAttributesResponse', content: Object.fromEntries(content) },
  }
}

/** The entity tag of a multipart upload ends in the number of its parts. */
function partsOf({ etag }: StoredObject): { PartsCount: number } | undefined {
  const [, count] = /-(\d+)$/.exec(etag) ?? []
  return count === undefined ? undefined : { PartsCount: Number(count) }
}
