/** A request for a list or a count of SWF's, as its client sent it. */
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
 * The same request as it would have been answered `milliseconds` ago: whose time has not come by then is not asked for. `nowIn` is the time of a
 * domain, in milliseconds. What is no such request stays as it is.
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
