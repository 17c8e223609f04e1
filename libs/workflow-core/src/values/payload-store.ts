import { createHash } from 'node:crypto'
import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import { PayloadNotFoundError } from './errors.ts'
import { isReference, maxDecisionsSize, maxPayloadLength, reference } from './payload.ts'

/**
 * A store for values that are too long for SWF. Give all deciders, workers and clients of a domain the same store, or no
 * store. It keeps values as long as SWF keeps histories: at least the longest execution plus the domain's retention.
 */
export interface PayloadStore {
  /** Stores a text. A key always has the same text, so putting it twice is harmless. */
  put(key: string, text: string): Promise<void>
  /** Returns the text, or `undefined` when the key has none. */
  get(key: string): Promise<string | undefined>
}

/**
 * Converts values on their way to and from SWF. A value that is too long for SWF goes to the store, and SWF gets a
 * reference instead: `stored sha256:1f3c... (40112 characters)`. A reference is not JSON, so no value looks like one; and
 * it depends on the value alone, so deciding again gives the same reference.
 */
export interface Payloads {
  /** Maximum length of a value in characters of JSON: SWF's limit, or `Infinity` with a store. */
  readonly maxLength: number
  toSwf(text: string): Promise<string>
  /** @throws PayloadNotFoundError */
  fromSwf(text: string): Promise<string>
  decisionsToSwf(decisions: readonly Decision[]): Promise<Decision[]>
  /** @throws PayloadNotFoundError */
  eventsFromSwf(events: readonly HistoryEvent[]): Promise<HistoryEvent[]>
}

/** Creates the conversion for a store; without one, only short values pass. */
export function createPayloads(store: PayloadStore | undefined): Payloads {
  const toSwf = async (text: string) => {
    if (store === undefined || text.length <= maxPayloadLength) return text
    return toStore(store, text)
  }
  const fromSwf = async (text: string) => {
    const key = reference.exec(text)?.[1]
    if (key === undefined) return text
    if (store === undefined)
      throw new PayloadNotFoundError(`A value is ${text}, but this process has no store to read it from.`)
    const kept = await store.get(key)
    if (kept === undefined)
      throw new PayloadNotFoundError(`A value is ${text}, but the store has nothing under this key.`)
    if (keyOf(kept) !== key)
      throw new PayloadNotFoundError(`A value is ${text}, but the store has another value under this key.`)
    return kept
  }
  return {
    maxLength: store === undefined ? maxPayloadLength : Infinity,
    toSwf,
    fromSwf,
    decisionsToSwf: async (decisions) => {
      if (store === undefined) return [...decisions]
      const max = maxInline(decisions)
      return withTexts(
        decisions,
        (text) => text.length > max,
        (text) => toStore(store, text),
      )
    },
    eventsFromSwf: (events) => withTexts(events, isReference, fromSwf),
  }
}

/** Tells whether an event has a value that is longer than SWF takes, because it was read from a store. */
export function hasStoredValues(events: readonly HistoryEvent[]): boolean {
  return events.some((event) => textOf(event, isLong) !== undefined)
}

/** Puts a value and returns its reference. */
async function toStore(store: PayloadStore, text: string): Promise<string> {
  const key = keyOf(text)
  await store.put(key, text)
  return `stored sha256:${key} (${text.length} characters)`
}

/** The length up to which values stay in their decisions: SWF's limit, or less where they would be more than a request takes together. */
function maxInline(decisions: readonly Decision[]): number {
  let max = maxPayloadLength
  while (max > minInline && sizeWithin(decisions, max) > maxDecisionsSize) max /= 2
  return max
}

/** Below this length a value is hardly longer than its reference. */
const minInline = 512

/** The size of decisions in bytes of JSON, their values above a length left out. */
const sizeWithin = (decisions: readonly Decision[], max: number): number =>
  decisions.reduce((sum, decision) => {
    const { text = '' } = textOf(decision, (value) => value.length > max) ?? {}
    return sum + Buffer.byteLength(JSON.stringify(decision)) - Buffer.byteLength(JSON.stringify(text))
  }, 0)

function isLong(text: string): boolean {
  return text.length > maxPayloadLength
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The attributes of SWF's decisions and events that hold values. */
const valueFields = ['input', 'result', 'details'] as const

/** Copies decisions or events with the texts that match the predicate changed. */
async function withTexts<Carrier extends Decision | HistoryEvent>(
  all: readonly Carrier[],
  matches: (text: string) => boolean,
  change: (text: string) => Promise<string>,
): Promise<Carrier[]> {
  if (!all.some((each) => textOf(each, matches) !== undefined)) return [...all]
  return Promise.all(
    all.map(async (each) => {
      const found = textOf(each, matches)
      if (found === undefined) return each
      const { name, attributes, field, text } = found
      return { ...each, [name]: { ...attributes, [field]: await change(text) } }
    }),
  )
}

/** Finds the text that matches the predicate; no decision or event of SWF has two. */
function textOf(carrier: Decision | HistoryEvent, matches: (text: string) => boolean) {
  for (const [name, attributes] of Object.entries(carrier)) {
    if (!isAttributes(attributes)) continue
    for (const field of valueFields) {
      const text = attributes[field]
      if (typeof text === 'string' && matches(text)) return { name, attributes, field, text }
    }
  }
  return undefined
}

function isAttributes(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}
