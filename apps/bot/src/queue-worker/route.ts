import { parsePackageName, UnknownPackageName, type Journal } from '@continuum/article'
import {
  readBody,
  readS3Event,
  UnreadableMessage,
  type DeliveryData,
  type S3Record,
  type StarterMessage,
} from '@continuum/messages'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { workflowFor, type DeliveryRule } from './rules.ts'

/** What a record of a notification leads to: a workflow, or a place on the dead-letter queue, with the reason. */
export type Routed =
  | { readonly start: StarterMessage }
  | { readonly refused: { readonly raw: string; readonly reason: string } }

const Notification = Type.Object({ Records: Type.Array(Type.Unknown()) })

/**
 * Every record of a message of the incoming queue, each on its own, so that one that is not understood holds up no
 * other. S3's test message leads to nothing.
 */
export function routeMessage(body: string, rules: readonly DeliveryRule[], journals: readonly Journal[]): Routed[] {
  return recordsOf(body).flatMap((raw): Routed[] => {
    try {
      const event = readS3Event(raw)
      return event.kind === 'test' ? [] : event.records.map((record) => ({ start: startOf(record, rules, journals) }))
    } catch (error) {
      if (error instanceof UnreadableMessage || error instanceof UnknownPackageName || error instanceof NoRule) {
        return [{ refused: { raw, reason: error.message } }]
      }
      throw error
    }
  })
}

/** The message as one message a record: what is refused can be put back without repeating the others. */
function recordsOf(body: string): string[] {
  try {
    const value = readBody(body)
    if (!Value.Check(Notification, value) || value.Records.length < 2) return [body]
    return value.Records.map((record) => JSON.stringify({ Records: [record] }))
  } catch (error) {
    if (error instanceof UnreadableMessage) return [body]
    throw error
  }
}

class NoRule extends Error {}

function startOf(record: S3Record, rules: readonly DeliveryRule[], journals: readonly Journal[]): StarterMessage {
  const { bucket, key, size, etag, eventTime, eventName } = record
  const workflow = eventName.startsWith('ObjectCreated:') ? workflowFor(rules, bucket, key) : undefined
  if (workflow === undefined)
    throw new NoRule(`No rule says what to do with "${key}" in the bucket ${bucket} (${eventName}).`)
  parsePackageName(key, journals)
  const data: DeliveryData = {
    event_name: eventName,
    event_time: eventTime,
    bucket_name: bucket,
    file_name: key,
    file_etag: etag ?? null,
    file_size: size,
  }
  return { workflow_name: workflow, workflow_data: data }
}
