import { randomUUID } from 'node:crypto'
import { dayOf, identitiesOf, isRobot, type UsageHit, type Use } from '@continuum/usage'
import type { Logger } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DayKeys } from './day-keys.ts'

/** A use of an article that a route has answered. */
export interface NotedUse {
  article: string
  use: Use
}

/** A counted request that is not named yet: address and user agent are in memory alone, for a second. */
interface WaitingHit extends NotedUse {
  id: string
  at: Temporal.Instant
  link: string
  address: string
  userAgent: string
}

/** Counts the uses of articles: in batches, beside the requests, which never wait for it. */
export interface UsageCounter {
  /** Says that a request, if it succeeds, is a use of an article. */
  note: (request: FastifyRequest, use: NotedUse) => void
  /** To be called when a reply was sent. */
  answered: (request: FastifyRequest, reply: FastifyReply) => void
  /** Sends what waits; resolves when it is sent or cannot be. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

const batchSize = 200
const flushMilliseconds = 1000
/** The limit of hits that wait while the queue or the usage counter is down; about ten megabytes. */
const maxWaiting = 20_000

/**
 * Creates the counter of the site. Hits are sent once a second; a crash loses at most those. While the queue is down they wait, up to
 * 20,000; what is more is lost, and the log says how much.
 *
 * @param options.counts false where requests are counted of the logs of a CDN before the site: it forgets them
 * @param options.send sends the hits of one message; the same hits may be sent again
 */
export function createUsageCounter(options: {
  counts?: boolean
  keys: DayKeys
  send: (hits: readonly UsageHit[]) => Promise<void>
  now: () => Temporal.Instant
  logger: Logger
  everyMilliseconds?: number
}): UsageCounter {
  const { counts: isCounting = true, keys, send, now, logger, everyMilliseconds = flushMilliseconds } = options
  const noted = new WeakMap<FastifyRequest, NotedUse>()
  let waiting: WaitingHit[] = []
  let named: UsageHit[] = []
  let lost = 0
  let flushing: Promise<void> | undefined

  const nameAll = async (): Promise<void> => {
    const hits = waiting
    waiting = []
    await keys.fetchFor(hits.map(({ at }) => dayOf(at)))
    for (const hit of hits) {
      const { address, userAgent, at, ...rest } = hit
      const state = keys.stateOf(dayOf(at))
      const names = identitiesOf(at, { address, userAgent }, keys.of)
      if (names) named.push({ ...rest, at: at.toString({ smallestUnit: 'millisecond' }), ...names })
      else if (state === 'closed') lost++
      else waiting.push(hit)
    }
  }
  const flushOnce = async (): Promise<void> => {
    try {
      if (waiting.length > 0) await nameAll()
      while (named.length > 0) {
        const batch = named.slice(0, batchSize)
        await send(batch)
        named = named.slice(batch.length)
      }
    } catch (error) {
      logger.warn({ err: error, waiting: waiting.length + named.length }, 'usage not sent; it waits')
    }
    const over = waiting.length + named.length - maxWaiting
    if (over > 0) {
      lost += over
      const fromNamed = Math.min(over, named.length)
      named = named.slice(fromNamed)
      waiting = waiting.slice(over - fromNamed)
    }
    if (lost > 0) logger.error({ lost }, 'usage lost: too much waits, or its day is closed')
    lost = 0
  }
  const flush = () => (flushing ??= flushOnce().finally(() => (flushing = undefined)))
  const timer = setInterval(() => void flush(), everyMilliseconds)
  timer.unref()

  return {
    note: (request, use) => {
      if (isCounting) noted.set(request, use)
    },
    answered: (request, reply) => {
      const use = noted.get(request)
      if (!use || !counts(request, reply)) return
      waiting.push({
        ...use,
        id: randomUUID(),
        at: now(),
        link: `${request.host}${request.url.split('?', 1)[0] ?? ''}`.slice(0, 500),
        address: request.ip,
        userAgent: request.headers['user-agent'] ?? '',
      })
    },
    flush,
    close: async () => {
      clearInterval(timer)
      await flush()
      await flush()
    },
  }
}

/**
 * Tells if a request counts: it succeeded (200 or 304, COUNTER 5.1 section 7.1), a reader made it, and it was no prefetch, preview
 * or machine of ours.
 */
function counts(request: FastifyRequest, { statusCode }: Pick<FastifyReply, 'statusCode'>): boolean {
  const { headers, method } = request
  if (method !== 'GET' || (statusCode !== 200 && statusCode !== 304)) return false
  const purpose = [headers['sec-purpose'], headers['purpose'], headers['x-moz']].join(' ')
  if (/prefetch|preview|prerender/i.test(purpose)) return false
  if (headers.authorization !== undefined || /continuum-preview=/.test(headers.cookie ?? '')) return false
  return !isRobot(headers['user-agent'])
}
