import type { Tags } from '../model/description.ts'
import { S3Error } from '../model/errors.ts'
import { childrenOf, readXml, requiredChildText } from './xml-reader.ts'

const maxTags = 10
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

function checkTags(pairs: readonly (readonly [string, string])[]): Tags {
  if (pairs.length > maxTags) throw new S3Error('InvalidTag', 'Object tags cannot be greater than 10')
  for (const [key, value] of pairs) {
    if (key === '' || key.length > 128 || !allowed.test(key))
      throw new S3Error('InvalidTag', 'The TagKey you have provided is invalid')
    if (value.length > 256 || !allowed.test(value))
      throw new S3Error('InvalidTag', 'The TagValue you have provided is invalid')
  }
  const tags = Object.fromEntries(pairs)
  if (Object.keys(tags).length !== pairs.length)
    throw new S3Error('InvalidTag', 'Cannot provide multiple Tags with the same key')
  return tags
}

/** Reads the header `x-amz-tagging`, tags in query syntax. Throws InvalidTag. */
export const parseTagHeader = (text: string | undefined): Tags => checkTags([...new URLSearchParams(text ?? '')])

/** Reads the body of PutObjectTagging. Throws MalformedXML or InvalidTag. */
export function parseTagging(document: string): Tags {
  const sets = childrenOf(readXml(document, 'Tagging'), 'TagSet')
  const tags = sets.flatMap((set) => childrenOf(set, 'Tag'))
  return checkTags(tags.map((tag) => [requiredChildText(tag, 'Key'), requiredChildText(tag, 'Value')]))
}
