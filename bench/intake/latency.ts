import { setTimeout as pause } from 'node:timers/promises'
import { event, messagesOf } from './messages.ts'
import { authorization, type System } from './system.ts'

/** Milliseconds from an event's way into the queue until a browser that follows changes is told, ascending. */
export type Latencies = readonly number[]

const everyMilliseconds = 100

/** A machine that has become slower than the rate falls ever further behind: what it has not told by then is not waited for. */
const limitMilliseconds = 60_000

/**
 * Measures how soon browsers are told of an event while the dashboard takes messages at a rate.
 *
 * @param options.perSecond messages sent a second beside the measured ones
 * @returns fewer than `events` where they took longer than a minute together; at least one
 */
export async function measureLatency(
  system: System,
  { name, perSecond, events }: { name: string; perSecond: number; events: number },
): Promise<Latencies> {
  const dashboard = await system.startDashboard(name)
  const stopping = new AbortController()
  const heard = await follow(dashboard.url, stopping.signal)
  const loading = load(system, name, perSecond, stopping.signal)
  const latencies: number[] = []
  try {
    // The code is warm when it is measured.
    await pause(2_000)
    const end = performance.now() + limitMilliseconds
    for (let index = 0; index < events && (index === 0 || performance.now() < end); index++) {
      const article = `seen-${name}-${index}`
      const told = heard(article)
      const began = performance.now()
      await system.send([event(article, 'Expand Article', 'start')])
      await told
      latencies.push(performance.now() - began)
    }
  } finally {
    stopping.abort()
    await loading
    await dashboard.stop()
  }
  return latencies.toSorted((a, b) => a - b)
}

/** Sends messages at a rate until it is stopped. */
async function load(system: System, name: string, perSecond: number, signal: AbortSignal): Promise<void> {
  const each = Math.round((perSecond * everyMilliseconds) / 1000)
  const sending = new Set<Promise<void>>()
  for (let part = 0; !signal.aborted; part++) {
    const sent = system.send(messagesOf(`${name}-${Math.floor(part / 50)}`, each)).finally(() => sending.delete(sent))
    sending.add(sent)
    await pause(everyMilliseconds)
  }
  await Promise.all(sending)
}

/** Follows changes as a browser does. Returns a function that waits for a change of an article. */
async function follow(url: string, signal: AbortSignal): Promise<(article: string) => Promise<void>> {
  const answer = await fetch(`${url}/changes`, { headers: { authorization }, signal })
  const waiting = new Map<string, () => void>()
  const read = async () => {
    let text = ''
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part
      const end = text.lastIndexOf('\n\n')
      for (const [, article = ''] of text.slice(0, Math.max(end, 0)).matchAll(/"article":"([^"]+)"/g))
        waiting.get(article)?.()
      text = text.slice(end < 0 ? 0 : end)
    }
  }
  read().catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  return (article) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.set(article, resolve)
    return promise
  }
}
