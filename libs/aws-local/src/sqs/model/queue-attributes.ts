import { isDeepStrictEqual } from 'node:util'
import { parseDocument } from './json-document.ts'
import { isRedriveAllowPolicy } from './redrive-policy.ts'
import { SqsError } from './errors.ts'

/** Minimum and maximum of numeric attributes, in seconds or bytes. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  VisibilityTimeout: [0, 43_200],
  DelaySeconds: [0, 900],
  MessageRetentionPeriod: [60, 1_209_600],
  MaximumMessageSize: [1024, 1_048_576],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
}

const choices: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
  SqsManagedSseEnabled: ['true', 'false'],
}

const fifoOnly = new Set(['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'])
const documents = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy'])
const texts = new Set(['KmsMasterKeyId'])

/** Attributes that can be read but not set. */
const computedAttributes = [
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
]

/** All attribute names that GetQueueAttributes accepts. */
export const knownAttributes: ReadonlySet<string> = new Set([
  'All',
  ...Object.keys(ranges),
  ...Object.keys(choices),
  ...documents,
  ...texts,
  ...computedAttributes,
])

/** Checks attributes that a client sets. An empty document removes the attribute. Throws InvalidAttributeName or InvalidAttributeValue. */
export function checkQueueAttributes(given: Readonly<Record<string, string>>, fifo: boolean): void {
  for (const [name, value] of Object.entries(given)) {
    if (
      !knownAttributes.has(name) ||
      name === 'All' ||
      computedAttributes.includes(name) ||
      (fifoOnly.has(name) && !fifo)
    )
      throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
    if (!isAllowed(name, value)) throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`)
  }
}

function isAllowed(name: string, value: string): boolean {
  const range = ranges[name]
  if (range) return /^\d{1,9}$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1]
  const choice = choices[name]
  if (choice) return choice.includes(value)
  if (name === 'RedriveAllowPolicy' && value !== '') return isRedriveAllowPolicy(value)
  return !documents.has(name) || value === '' || parseDocument(value) !== undefined
}

/** True if two values of an attribute are equivalent: policies are, regardless of spaces and the order of members. */
export const sameAttribute = (name: string, one: string, other: string): boolean =>
  documents.has(name) ? isDeepStrictEqual(parseDocument(one), parseDocument(other)) : one === other
