import { Counter, Gauge, Registry } from 'prom-client'

/** Counts what became of requests. */
export interface RequestCounts {
  /** @param status that of the reply; `repeated` for a kept reply, `none` where nobody could be replied to */
  readonly replied: (action: string, status: string) => void
  /** Writes the metrics in Prometheus' text format. @param lastPollAge seconds since SQS was last heard */
  readonly text: (lastPollAge: number) => Promise<string>
}

export function countRequests(): RequestCounts {
  const registry = new Registry()
  const requests = new Counter({
    name: 'lax_queue_requests_total',
    help: 'Requests of the queue, by action and by the status of the reply.',
    labelNames: ['action', 'status'],
    registers: [registry],
  })
  const silence = new Gauge({
    name: 'lax_queue_last_poll_age_seconds',
    help: 'Since SQS last answered a poll.',
    registers: [registry],
  })
  return {
    replied: (action, status) => requests.inc({ action, status }),
    text: async (lastPollAge) => {
      silence.set(lastPollAge)
      return registry.metrics()
    },
  }
}
