import { randomUUID } from 'node:crypto'
import type { XmlStructure } from '../../shared/xml.ts'
import { encodeKey } from '../model/names.ts'
import { invalidArgument, S3Error } from '../model/errors.ts'
import { childrenOf, childText, onlyChildren, readXml, requiredChildText, type XmlElement } from './xml-reader.ts'

/** A rule: the events and keys for which a queue is notified. */
export interface QueueNotification {
  readonly id: string
  readonly queueArn: string
  readonly events: readonly string[]
  readonly prefix: string
  readonly suffix: string
}

/** The events that this server can send. */
const knownEvents = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
]

/**
 * Reads a NotificationConfiguration. Throws MalformedXML, InvalidArgument; NotImplemented for topics, functions and
 * EventBridge.
 */
export function parseNotification(document: string): QueueNotification[] {
  const root = readXml(document, 'NotificationConfiguration')
  const other = root.children.find((child) => child.name !== 'QueueConfiguration')
  if (other) throw new S3Error('NotImplemented', `This server sends notifications to queues, not to a ${other.name}.`)
  const rules = root.children.map(parseRule)
  for (const [index, rule] of rules.entries())
    if (rules.slice(0, index).some((earlier) => overlap(earlier, rule)))
      throw new S3Error(
        'InvalidArgument',
        'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
      )
  return rules
}

function parseRule(element: XmlElement): QueueNotification {
  onlyChildren(element, ['Id', 'Queue', 'Event', 'Filter'])
  const events = childrenOf(element, 'Event').map((event) => event.text)
  const unknown = events.find((event) => !knownEvents.includes(event))
  if (unknown !== undefined) throw invalidArgument('The event is not supported for notifications', 'Event', unknown)
  if (events.length === 0) throw new S3Error('MalformedXML')
  return {
    id: childText(element, 'Id') ?? randomUUID(),
    queueArn: requiredChildText(element, 'Queue'),
    events,
    ...parseFilter(element),
  }
}

function parseFilter(element: XmlElement): { prefix: string; suffix: string } {
  const rules = childrenOf(element, 'Filter').flatMap((filter) =>
    childrenOf(filter, 'S3Key').flatMap((key) => childrenOf(key, 'FilterRule')),
  )
  const filter = { prefix: '', suffix: '' }
  const seen = new Set<string>()
  for (const rule of rules) {
    const name = requiredChildText(rule, 'Name').toLowerCase()
    if (name !== 'prefix' && name !== 'suffix')
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', name)
    if (seen.has(name))
      throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule.Name', name)
    seen.add(name)
    filter[name] = requiredChildText(rule, 'Value')
  }
  return filter
}

const eventMatches = (pattern: string, event: string): boolean =>
  pattern === event || (pattern.endsWith('*') && event.startsWith(pattern.slice(0, -1)))

function overlap(one: QueueNotification, other: QueueNotification): boolean {
  const sharesEvent = one.events.some((a) => other.events.some((b) => eventMatches(a, b) || eventMatches(b, a)))
  const sharesPrefix = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)
  const sharesSuffix = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix)
  return sharesEvent && sharesPrefix && sharesSuffix
}

/** The rules in the XML of GetBucketNotificationConfiguration. */
export function notificationXml(rules: readonly QueueNotification[]): XmlStructure {
  return {
    QueueConfiguration: rules.map(({ id, queueArn, events, prefix, suffix }) => {
      const filters = [
        { Name: 'prefix', Value: prefix },
        { Name: 'suffix', Value: suffix },
      ].filter((rule) => rule.Value !== '')
      return {
        Id: id,
        Queue: queueArn,
        Event: events,
        Filter: filters.length > 0 ? { S3Key: { FilterRule: filters } } : undefined,
      }
    }),
  }
}

/** The rules that match an event (`s3:ObjectCreated:Put`...) of a key. As on S3, filters are also compared with the encoded key. */
export const rulesFor = (
  rules: readonly QueueNotification[],
  event: string,
  key: string,
): readonly QueueNotification[] =>
  rules.filter(
    (rule) =>
      rule.events.some((pattern) => eventMatches(pattern, event)) &&
      [key, encodeKey(key)].some((it) => it.startsWith(rule.prefix) && it.endsWith(rule.suffix)),
  )

/** Rules are stored as JSON, with their ids. */
export const formatStoredNotification = (rules: readonly QueueNotification[]): string => JSON.stringify(rules)
export const parseStoredNotification = (text: string): readonly QueueNotification[] => JSON.parse(text)
