import type { FastifyReply, FastifyRequest } from 'fastify'
import { Histogram, type Registry } from 'prom-client'

/**
 * Creates a hook for `onResponse` that counts requests with their durations, by method, route and status. Health checks are not
 * counted, nor are streams of events, which last as long as a page is open.
 */
export function requestCounter(registry: Registry): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  return async ({ method, routeOptions }, reply) => {
    if (routeOptions.logLevel === 'silent') return
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return
    durations.observe({ method, route: routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1000)
  }
}
