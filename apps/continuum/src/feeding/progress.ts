import { readS3Event, type Event, type Property, type UnidentifiedDelivery } from '@continuum/messages'
import type { FedDelivery } from './deliveries.ts'

/** One entry of the dashboard's feed: a message that it received, with its number. */
export type FeedItem = { sequence: number; kind: string } & (Event | Property | UnidentifiedDelivery)

/** The progress of a fed package according to the dashboard's feed. */
export interface Progress {
  readonly delivery: FedDelivery
  /** Known from its first event on; where its package is run again after it failed, the newest run. */
  readonly run?: string
  readonly articleId?: string
  readonly version: string
  /** The times at which each step's present attempt began, in epoch milliseconds. */
  readonly began: Readonly<Record<string, number>>
  readonly ready: boolean
  readonly published: boolean
  /** All that follows publication (the archive, the recipients) is done. */
  readonly done: boolean
  readonly failure?: { readonly step: string; readonly reason: string }
  /** A newer delivery of the same version has taken its place: it will not be published any more. */
  readonly superseded?: boolean
  /** Its files are those of the run before it: it made no version. */
  readonly repeated?: boolean
}

/** Something worth a line on the screen. */
export interface Note {
  readonly at: number
  /** `progress`: the message says how far the step is. */
  readonly kind: 'start' | 'progress' | 'end' | 'retry' | 'busy' | 'error'
  readonly step: string
  /** Milliseconds that the step took. */
  readonly took?: number
  readonly message: string
}

export const beginning = (delivery: FedDelivery): Progress => ({
  delivery,
  version: '0',
  began: {},
  ready: false,
  published: false,
  done: false,
})

/** Has the run come to an end that no process of ours will change by itself? */
export const isOver = (progress: Progress): boolean =>
  progress.failure !== undefined ||
  progress.superseded === true ||
  progress.repeated === true ||
  (progress.published && progress.done)

/** Has it come to an end, and is not what its user wanted? */
export const hasFailed = (progress: Progress): boolean => progress.failure !== undefined || progress.superseded === true

/** Takes one entry of the feed into account; pure. An entry that concerns another package changes nothing. */
export function advance(progress: Progress, item: FeedItem): { progress: Progress; note?: Note } {
  if (item.message_type === 'unidentified-delivery') return unidentified(progress, item)
  if (item.message_type === 'property') return { progress: withProperty(progress, item) }
  if (item.run === progress.run) return withEvent(progress, item)
  const isNew = progress.run === undefined || progress.failure !== undefined
  if (isNew && isFirstEventOf(progress.delivery, item)) return withEvent(beginning(progress.delivery), item)
  return { progress: takesItsPlace(progress, item) ? { ...progress, superseded: true } : progress }
}

/** lax and the site keep one unpublished content of a version: a run that gives them its own replaces what was ready. */
function takesItsPlace(progress: Progress, event: Event): boolean {
  const sameVersion = event.item_identifier === progress.articleId && String(event.version) === progress.version
  return (
    sameVersion &&
    progress.ready &&
    !progress.published &&
    event.event_type === 'Ingest To Lax' &&
    event.status === 'end'
  )
}

/** The run of a delivery is told by its first event, which names the object that arrived. */
function isFirstEventOf(delivery: FedDelivery, event: Event): boolean {
  const arrived = event.delivery
  return (
    arrived !== undefined &&
    arrived.file_name === delivery.key &&
    arrived.file_etag?.replaceAll('"', '') === delivery.md5
  )
}

function withEvent(progress: Progress, event: Event): { progress: Progress; note: Note } {
  const at = Date.parse(event.timestamp)
  const step = event.event_type
  const version = String(event.version) === '0' ? progress.version : String(event.version)
  const known = { ...progress, run: event.run, articleId: event.item_identifier, version }
  const note = { at, step, message: event.message }
  if (event.status === 'start')
    return { progress: { ...known, began: { ...known.began, [step]: at } }, note: { ...note, kind: 'start' } }
  const began = known.began[step]
  const took = began === undefined ? {} : { took: Math.max(0, at - began) }
  if (event.status === 'progress') return { progress: known, note: { ...note, ...took, kind: 'progress' } }
  if (event.status === 'error') {
    const failure = { step, reason: event.message }
    return { progress: { ...known, failure }, note: { ...note, ...took, kind: 'error' } }
  }
  if (event.status === 'repeated')
    return { progress: { ...known, repeated: true }, note: { ...note, ...took, kind: 'end' } }
  if (event.status !== 'end')
    return { progress: known, note: { ...note, ...took, kind: event.status === 'busy' ? 'busy' : 'retry' } }
  return {
    progress: {
      ...known,
      ready: known.ready || step === 'Ready To Publish',
      done: known.done || step === 'Post Publication',
    },
    note: { ...note, ...took, kind: 'end' },
  }
}

function withProperty(progress: Progress, property: Property): Progress {
  const concerns =
    property.item_identifier === progress.articleId &&
    String(property.version) === progress.version &&
    property.name === 'publication-status'
  if (!concerns || property.value !== 'published') return progress
  return { ...progress, published: true }
}

function unidentified(progress: Progress, item: UnidentifiedDelivery): { progress: Progress; note?: Note } {
  const { key, md5 } = progress.delivery
  const names = item.raw.includes(key) || keysIn(item.raw).includes(key)
  if (progress.run !== undefined || !names || !item.raw.includes(md5)) return { progress }
  const failure = { step: 'Delivery', reason: item.reason }
  return {
    progress: { ...progress, failure },
    note: { at: Date.now(), kind: 'error', step: 'Delivery', message: item.reason },
  }
}

/** The keys of an S3 event, as their writer named them. */
function keysIn(raw: string): string[] {
  try {
    const event = readS3Event(raw)
    return event.kind === 'records' ? event.records.map((record) => record.key) : []
  } catch {
    return []
  }
}
