import { checkVersion } from './read-object.ts'
import { readDocument } from './document.ts'
import { objectOf, type Operation } from './s3.ts'
import { parseTagging } from '../wire/tags.ts'

export const getObjectTagging: Operation = (s3, call) => {
  checkVersion(call)
  const { tags } = objectOf(s3, call).description
  const Tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return { xml: { root: 'Tagging', content: { TagSet: { Tag } } } }
}

export const putObjectTagging: Operation = async (s3, call) => {
  checkVersion(call)
  const tags = parseTagging(await readDocument(call))
  const object = objectOf(s3, call)
  s3.objects.describe(object, { ...object.description, tags })
  return {}
}

export const deleteObjectTagging: Operation = (s3, call) => {
  checkVersion(call)
  const object = objectOf(s3, call)
  s3.objects.describe(object, { ...object.description, tags: {} })
  return { status: 204 }
}
