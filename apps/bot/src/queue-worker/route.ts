import { parsePackageName, UnknownPackageName, type Journal } from '@continuum/article'
import {
  readBody,
  readS3Event,
  UnreadableMessageError,
  type DeliveryData,
  type S3Record,
  type StarterMessage,
} from '@continuum/messages'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { workflowFor, type DeliveryRule } from './rules.ts'

/** The destination of one record: a workflow to start, or the dead-letter queue, with the reason. */
export type Routed =
  | { readonly start: StarterMessage }
  | { readonly rejected: { readonly raw: string; readonly reason: string } }

const Notification = Type.Object({ Records: Type.Array(Type.Unknown()) })

/**
 * Routes every record of an S3 notification on its own, so that a record that cannot be understood does not hold up
 * the others. S3's test message leads to nothing.
 */
export function routeNotification(
  body: string,
  rules: readonly DeliveryRule[],
  journals: readonly Journal[],
): Routed[] {
  return recordsOf(body).flatMap((raw): Routed[] => {
    try {
      const event = readS3Event(raw)
      return event.kind === 'test' ? [] : event.records.map((record) => ({ start: startFor(record, rules, journals) }))
    } catch (error) {
      if (
        error instanceof UnreadableMessageError ||
        error instanceof UnknownPackageName ||
        error instanceof NoMatchingRuleError
      ) {
        return [{ rejected: { raw, reason: error.message } }]
      }
      throw error
    }
  })
}

/** Splits a notification into one message per record: a rejected record can be put back without repeating the others. */
function recordsOf(body: string): string[] {
  try {
    const value = readBody(body)
    if (!Value.Check(Notification, value) || value.Records.length < 2) return [body]
    return value.Records.map((record) => JSON.stringify({ Records: [record] }))
  } catch (error) {
    if (error instanceof UnreadableMessageError) return [body]
    throw error
  }
}

class NoMatchingRuleError extends Error {}

function startFor(record: S3Record, rules: readonly DeliveryRule[], journals: readonly Journal[]): StarterMessage {
  const { bucket, key, size, etag, eventTime, eventName } = record
  const workflow = eventName.startsWith('ObjectCreated:') ? workflowFor(rules, bucket, key) : undefined
  if (workflow === undefined)
    throw new NoMatchingRuleError(`No rule matches "${key}" in the bucket ${bucket} (${eventName}).`)
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
