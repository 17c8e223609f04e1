import type { Document, SendContext } from '../seam/recipient.ts'

/** A document of text. */
export function textDocument(name: string, text: string, mediaType = 'application/xml'): Document {
  return { name, mediaType, bytes: Buffer.from(text) }
}

/** The context of an attempt. */
export function attempt(number = 1, key = 'crossref/00353/1'): SendContext {
  return { key, attempt: number }
}

/** The instant at which what is asked for was taken. */
export const sentAt = Temporal.Instant.from('2026-11-30T12:00:00Z')

/** A signal that never aborts. */
export const { signal } = new AbortController()
