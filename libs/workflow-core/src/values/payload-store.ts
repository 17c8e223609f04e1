import { createHash } from 'node:crypto'
import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import { NotInStore } from './errors.ts'
import { isReference, longestPayload, reference } from './payload.ts'

/**
 * Where values lie that are too long for SWF. Deciders, workers and clients of a domain are given the same one, or none.
 * What is put stays for as long as histories are kept: at least the longest execution and SWF's retention after it.
 */
export interface PayloadStore {
  /** Keeps a text. A key stands for one text for ever, so twice is the same as once. */
  put(key: string, text: string): Promise<void>
  /** `undefined` when there is nothing under the key. */
  get(key: string): Promise<string | undefined>
}

/**
 * The way of values between this process and SWF. What is longer than SWF takes goes to the store, and SWF is given its
 * reference in place of it: `stored sha256:1f3c... (40112 characters)`. That is no JSON, so no value looks like it; and it
 * depends on the value alone, so whoever decides again says the same.
 */
export interface Payloads {
  /** How many characters of JSON a value may have: SWF's limit, or none where there is a store. */
  readonly longest: number
  toSwf(text: string): Promise<string>
  /** @throws NotInStore */
  fromSwf(text: string): Promise<string>
  decisionsToSwf(decisions: readonly Decision[]): Promise<Decision[]>
  /** @throws NotInStore */
  eventsFromSwf(events: readonly HistoryEvent[]): Promise<HistoryEvent[]>
}

export function createPayloads(store: PayloadStore | undefined): Payloads {
  const toSwf = async (text: string) => {
    if (store === undefined || text.length <= longestPayload) return text
    const key = keyOf(text)
    await store.put(key, text)
    return `stored sha256:${key} (${text.length} characters)`
  }
  const fromSwf = async (text: string) => {
    const key = reference.exec(text)?.[1]
    if (key === undefined) return text
    if (store === undefined) throw new NotInStore(`A value is ${text}, but no store was given here to read it from.`)
    const kept = await store.get(key)
    if (kept === undefined) throw new NotInStore(`A value is ${text}, but the store has nothing under that key.`)
    if (keyOf(kept) !== key)
      throw new NotInStore(`A value is ${text}, but what the store has under that key is another.`)
    return kept
  }
  return {
    longest: store === undefined ? longestPayload : Infinity,
    toSwf,
    fromSwf,
    decisionsToSwf: async (decisions) => (store === undefined ? [...decisions] : withTexts(decisions, isLong, toSwf)),
    eventsFromSwf: (events) => withTexts(events, isReference, fromSwf),
  }
}

/** Whether one of the events has a value that is longer than SWF takes: it was read from a store. */
export function haveLong(events: readonly HistoryEvent[]): boolean {
  return events.some((event) => textOf(event, isLong) !== undefined)
}

function isLong(text: string): boolean {
  return text.length > longestPayload
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Under which names SWF's decisions and events carry values: in their attributes, which are the objects in them. */
const carriers = ['input', 'result', 'details'] as const

/** Those decisions or events, with the texts that are `meant` changed. */
async function withTexts<Carrier extends Decision | HistoryEvent>(
  all: readonly Carrier[],
  meant: (text: string) => boolean,
  change: (text: string) => Promise<string>,
): Promise<Carrier[]> {
  if (!all.some((each) => textOf(each, meant) !== undefined)) return [...all]
  return Promise.all(
    all.map(async (each) => {
      const found = textOf(each, meant)
      if (found === undefined) return each
      const { name, attributes, field, text } = found
      return { ...each, [name]: { ...attributes, [field]: await change(text) } }
    }),
  )
}

/** The one text in it that is meant, if it is: SWF knows no decision or event with two. */
function textOf(carrier: Decision | HistoryEvent, meant: (text: string) => boolean) {
  for (const [name, attributes] of Object.entries(carrier)) {
    if (!isAttributes(attributes)) continue
    for (const field of carriers) {
      const text = attributes[field]
      if (typeof text === 'string' && meant(text)) return { name, attributes, field, text }
    }
  }
  return undefined
}

function isAttributes(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}
