import { formatXml, type XmlContent, type XmlStructure } from '../../shared/xml.ts'
import type { SqsError } from '../model/errors.ts'
import { isInput, type Reply } from '../model/input.ts'
import type { HttpReply } from './json-protocol.ts'

const namespace = 'http://queue.amazonaws.com/doc/2012-11-05/'

/** The element for each item of a list. `{operation}` is the name of the operation. */
const lists: Readonly<Record<string, string>> = {
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
  Messages: 'Message',
  Successful: '{operation}ResultEntry',
  Failed: 'BatchResultErrorEntry',
  Results: '{operation}ResultEntry',
}

/** The elements for each entry of a map, its key and its value. */
const maps: Readonly<Record<string, readonly [entry: string, key: string, value: string]>> = {
  Attributes: ['Attribute', 'Name', 'Value'],
  MessageAttributes: ['MessageAttribute', 'Name', 'Value'],
  Tags: ['Tag', 'Key', 'Value'],
}

function toXml(operation: string, value: unknown): XmlContent {
  if (Array.isArray(value)) return value.map((item) => toXml(operation, item))
  if (isInput(value)) return structure(operation, value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

function structure(operation: string, reply: Reply): XmlStructure {
  return Object.fromEntries(
    Object.entries(reply).map(([member, value]) => {
      const map = maps[member]
      if (map && isInput(value)) return [map[0], entries(operation, map, value)]
      return [lists[member]?.replace('{operation}', operation) ?? member, toXml(operation, value)]
    }),
  )
}

const entries = (operation: string, [, key, value]: readonly [string, string, string], map: Reply): XmlContent =>
  Object.entries(map).map(([name, content]) => ({ [key]: name, [value]: toXml(operation, content) }))

/** Operations without a result element; all others have one, even if it is empty. */
const silent: ReadonlySet<string> = new Set([
  'DeleteQueue',
  'PurgeQueue',
  'SetQueueAttributes',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'TagQueue',
  'UntagQueue',
])

/** The reply of the Query protocol to an operation that succeeded. */
export function queryReply(operation: string, reply: Reply, requestId: string): HttpReply {
  const result = silent.has(operation) ? {} : { [`${operation}Result`]: structure(operation, reply) }
  const body = formatXml(`${operation}Response`, { ...result, ResponseMetadata: { RequestId: requestId } }, namespace)
  return { status: 200, headers: { 'content-type': 'text/xml' }, body }
}

/** The reply of the Query protocol to an operation that failed. */
export function queryError(error: SqsError, requestId: string): HttpReply {
  const detail = { Type: 'Sender', Code: error.queryCode, Message: error.message, Detail: '' }
  const body = formatXml('ErrorResponse', { Error: detail, RequestId: requestId }, namespace)
  return { status: error.queryStatus, headers: { 'content-type': 'text/xml' }, body }
}
