/** Counts what became of requests. */
export interface RequestCounts {
  /** @param status that of the reply; `repeated` for a kept reply, `none` where nobody could be replied to */
  readonly replied: (action: string, status: string) => void
  /** Writes the metrics in Prometheus' text format. @param lastPollAge seconds since SQS was last heard */
  readonly text: (lastPollAge: number) => string
}

export function countRequests(): RequestCounts {
  const counts = new Map<string, number>()
  return {
    replied: (action, status) => {
      const labels = `action="${action}",status="${status}"`
      counts.set(labels, (counts.get(labels) ?? 0) + 1)
    },
    text: (lastPollAge) =>
      [
        '# HELP lax_queue_requests_total Requests of the queue, by action and by the status of the reply.',
        '# TYPE lax_queue_requests_total counter',
        ...Array.from(counts, ([labels, count]) => `lax_queue_requests_total{${labels}} ${count}`),
        '# HELP lax_queue_last_poll_age_seconds Since SQS last answered a poll.',
        '# TYPE lax_queue_last_poll_age_seconds gauge',
        `lax_queue_last_poll_age_seconds ${lastPollAge}`,
        '',
      ].join('\n'),
  }
}
