import { SqsError } from '../model/errors.ts'
import { textMap, texts } from '../model/input.ts'
import { queueOf, type Operation } from './sqs.ts'

const refuse = (message: string) => new SqsError('InvalidParameterValueException', message)

/** Checks tags: at most 50, keys of up to 128 and values of up to 256 characters. Throws InvalidParameterValue. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags)
  if (entries.length > 50) throw refuse('Too many tags for a queue: the maximum is 50.')
  for (const [key, value] of entries) {
    if (key === '' || key.length > 128 || key.startsWith('aws:')) throw refuse(`Tag key ${key} is not valid.`)
    if (value.length > 256) throw refuse(`The value of tag ${key} is longer than 256 characters.`)
  }
}

export const tagQueue: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  const tags = { ...queue.tags, ...textMap(input, 'Tags') }
  checkTags(tags)
  sqs.queues.setTags(queue, tags)
  return {}
}

export const untagQueue: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  const keys = new Set(texts(input, 'TagKeys'))
  sqs.queues.setTags(queue, Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !keys.has(key))))
  return {}
}

export const listQueueTags: Operation = (sqs, input) => {
  const { tags } = queueOf(sqs, input)
  return Object.keys(tags).length > 0 ? { Tags: tags } : {}
}
