import { setTimeout as pause } from 'node:timers/promises'
import { Event, Property, UnidentifiedDelivery } from '@continuum/messages'
import { readAnswer, request, retryWithBackOff } from '@continuum/service'
import { Type } from 'typebox'
import { isBusy, shortRetry } from '../errors/may-pass.ts'
import { UnavailableError } from '../errors/unavailable-error.ts'
import type { FeedItem } from './progress.ts'

/** The dashboard's feed: everything that it received, in order. */
export interface Feed {
  /** The number of the newest entry. */
  last(): Promise<number>
  /** Entries after a number, as they come, until `signal` aborts. Outlives a dashboard that is being restarted. */
  after(sequence: number, signal: AbortSignal): AsyncGenerator<FeedItem>
}

const Page = Type.Object({
  items: Type.Array(
    Type.Intersect([
      Type.Object({ sequence: Type.Integer(), kind: Type.String() }),
      Type.Union([Event, Property, UnidentifiedDelivery]),
    ]),
  ),
  last: Type.Integer(),
})

/** The dashboard holds a request as long while there is nothing new. */
const waitSeconds = 20
const answerMs = 10_000
/** Between requests: news that come together are taken together. */
const everyMs = 150
const whileAwayMs = 500

/**
 * Reads the feed of a dashboard.
 *
 * @param url its address; `token` its DASHBOARD_TOKEN; `wait` what waits before it is asked again
 */
export function dashboardFeed(url: string, token: string, wait?: (milliseconds: number) => Promise<unknown>): Feed {
  async function page(query: string, waitMs: number, signal?: AbortSignal) {
    const answer = await request({
      service: 'the dashboard',
      url: `${url}/api/feed${query}`,
      headers: { authorization: `Bearer ${token}` },
      timeoutMilliseconds: waitMs + answerMs,
      signal,
    })
    const items = readAnswer(Page, answer)
    if (answer.status === 200 && items !== undefined) return items
    const said = `The dashboard's feed at ${url} answers ${answer.status}`
    throw isBusy(answer.status) ? new UnavailableError(said) : new Error(said)
  }
  return {
    last: async () => (await retryWithBackOff(() => page('', 0), { ...shortRetry, pause: wait })).last,
    async *after(sequence, signal) {
      let seen = sequence
      while (!signal.aborted) {
        const next = await page(`?after=${seen}&wait=${waitSeconds}`, waitSeconds * 1000, signal).catch(() => undefined)
        for (const item of next?.items ?? []) {
          seen = item.sequence
          yield item
        }
        await pause(next ? everyMs : whileAwayMs, undefined, { signal }).catch(() => {})
      }
    },
  }
}
