import type { App } from '@continuum/service'
import type { FastifyRequest } from 'fastify'
import type { NumbersSource } from './article-numbers.ts'
import { fillIn } from './fill-in.ts'
import type { NotedUse, UsageCounter } from './usage-counter.ts'

/** The usage of the site's articles: what it tells the usage counter, and what it shows of it. */
export interface SiteUsage {
  counter: UsageCounter
  numbers: NumbersSource
}

const articles = new WeakMap<FastifyRequest, string>()

/** Says that the page of an article is about to be made: its numbers are asked for meanwhile. */
export function beginPage(request: FastifyRequest, { numbers }: SiteUsage, article: string): void {
  articles.set(request, article)
  numbers.ask(article)
}

/** Says that a reply, if it succeeds, is a use of an article. */
export function noteUse(request: FastifyRequest, { counter }: SiteUsage, use: NotedUse): void {
  counter.note(request, use)
}

/** Adds the hooks that fill numbers into pages while they are sent, and count what was sent. */
export function addUsageHooks(app: App, { counter, numbers }: SiteUsage): void {
  app.addHook('onSend', async (request, _reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
    const article = articles.get(request)
    return fillIn(payload, article === undefined ? undefined : numbers.known(article))
  })
  app.addHook('onResponse', async (request, reply) => counter.answered(request, reply))
}
