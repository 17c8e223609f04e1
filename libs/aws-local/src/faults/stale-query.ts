/** A list or count request of SWF, as its client sent it. */
interface Query {
  readonly domain?: string
  readonly startTimeFilter?: TimeFilter
  readonly closeTimeFilter?: TimeFilter
}
interface TimeFilter {
  readonly oldestDate?: number
  readonly latestDate?: number
}

/**
 * Changes a list or count request so that it is answered as `milliseconds` ago: later executions are filtered out. `nowIn` returns
 * the time of a domain in milliseconds. Any other request is returned unchanged.
 */
export function staleQuery(body: string, nowIn: (domain: string) => number, milliseconds: number): string {
  const query = parseQuery(body)
  const latest = (nowIn(String(query?.domain)) - milliseconds) / 1000
  const earlier = ({ oldestDate = 0, latestDate = latest }: TimeFilter): TimeFilter => ({
    oldestDate: Math.min(oldestDate, latest),
    latestDate: Math.min(latestDate, latest),
  })
  if (query?.startTimeFilter) return JSON.stringify({ ...query, startTimeFilter: earlier(query.startTimeFilter) })
  if (query?.closeTimeFilter) return JSON.stringify({ ...query, closeTimeFilter: earlier(query.closeTimeFilter) })
  return body
}

function parseQuery(body: string): Query | undefined {
  try {
    const query: Query | null = JSON.parse(body)
    return query ?? undefined
  } catch {
    return undefined
  }
}
