import { Counter, type Registry } from 'prom-client'

/** Counts what became of requests. */
export interface RequestCounts {
  /** @param status that of the reply; `repeated` for a kept reply, `none` where nobody could be replied to */
  readonly replied: (action: string, status: string) => void
}

/** Counts requests of the queue in a service's metrics. */
export function countRequests(registry: Registry): RequestCounts {
  const requests = new Counter({
    name: 'lax_queue_requests_total',
    help: 'Requests of the queue, by action and by the status of the reply.',
    labelNames: ['action', 'status'],
    registers: [registry],
  })
  return { replied: (action, status) => requests.inc({ action, status }) }
}
