import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { readCitations, sourceStates } from './citations/citation-store.ts'
import { refreshCitations } from './citations/refresh.ts'
import { citationSources } from './citations/services.ts'
import { logger, startMetrics, type MetricsUnderTest } from './metrics.fixture.ts'

/** A citation service in its own words, on a port of this machine. */
async function startService(answer: (url: URL, request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => {
    const body = answer(new URL(request.url ?? '/', 'http://service'), request, response)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

const refresh = (metrics: MetricsUnderTest, sources: ReturnType<typeof citationSources>, force = false) =>
  refreshCitations({ ...metrics.context, sources, logger, signal: AbortSignal.timeout(20_000), force })

test('scenario 15: Crossref by cursor, a 429 and an outage: right numbers, and meanwhile the old ones with their age', async () => {
  await using metrics = await startMetrics()
  metrics.published['09560'] = { statuses: ['vor'] }
  const work = (DOI: string, count: number) => ({ DOI, 'is-referenced-by-count': count })
  const pages: Record<string, unknown[]> = {
    '*': [work('10.7554/ELIFE.00353', 7), work('10.7554/elife.99999', 1)],
    second: [work('10.7554/elife.00353.2', 3)],
    third: [work('10.7554/elife.09560', 4)],
    last: [],
  }
  const next: Record<string, string> = { '*': 'second', second: 'third', third: 'last' }
  const asked: string[] = []
  let [busy, down] = [1, false]
  await using service = await startService((url, _, response) => {
    if (!url.pathname.startsWith('/prefixes/10.7554/')) return { message: { items: [] } }
    const cursor = url.searchParams.get('cursor') ?? ''
    asked.push(cursor)
    expect(url.searchParams.get('mailto')).toBe('somebody@example.org')
    if (down) return void (response.statusCode = 500)
    if (cursor === 'second' && busy-- > 0) {
      response.statusCode = 429
      return void response.setHeader('retry-after', '7')
    }
    return { message: { items: pages[cursor], ...(next[cursor] && { 'next-cursor': next[cursor] }) } }
  })
  const waited: number[] = []
  const sources = citationSources(
    [{ kind: 'crossref', url: service.url, mailto: 'somebody@example.org' }],
    async (seconds) => {
      waited.push(seconds)
    },
  )
  await refresh(metrics, sources)
  expect([asked, waited]).toEqual([['*', 'second', 'second', 'third', 'last'], [7]])
  const first = metrics.clock.now
  expect(await readCitations(metrics.sql, ['Crossref'], '00353')).toEqual([
    { service: 'Crossref', number: 10, checked: first },
  ])
  expect(await readCitations(metrics.sql, ['Crossref'], '09560')).toMatchObject([{ number: 4 }])

  metrics.clock.now = metrics.clock.now.add({ hours: 23 })
  await refresh(metrics, sources)
  expect(asked).toHaveLength(5)

  down = true
  metrics.clock.now = metrics.clock.now.add({ hours: 2 })
  await refresh(metrics, sources)
  expect(await sourceStates(metrics.sql)).toMatchObject([
    { service: 'Crossref', succeeded: first, problem: expect.stringContaining('Crossref answered 500') },
  ])
  expect((await metrics.get('/metrics/article/00353/citations')).json()).toMatchObject([
    { citations: 10, checked: first.toString({ smallestUnit: 'second' }) },
  ])

  // After an hour it is asked again.
  down = false
  pages['second'] = [work('10.7554/elife.00353.2', 5)]
  metrics.clock.now = metrics.clock.now.add({ hours: 1 })
  await refresh(metrics, sources)
  expect(await readCitations(metrics.sql, ['Crossref'], '00353')).toMatchObject([
    { number: 12, checked: metrics.clock.now },
  ])
  expect(await sourceStates(metrics.sql)).toMatchObject([{ problem: null }])
})

test('OpenCitations and Europe PMC are asked about each article; one that fails does not stop the other', async () => {
  await using metrics = await startMetrics()
  await using open = await startService((url, request) => {
    expect(request.headers.authorization).toBe('a token')
    return url.pathname === '/index/v2/citation-count/doi:10.7554/elife.00353' ? [{ count: '12' }] : undefined
  })
  await using europe = await startService((url) => {
    expect(url.searchParams.get('query')).toBe('DOI:"10.7554/elife.00353"')
    return { resultList: { result: [{ doi: '10.7554/eLife.00353', citedByCount: 9 }] } }
  })
  const sources = citationSources(
    [
      { kind: 'crossref', url: 'http://127.0.0.1:9' },
      { kind: 'opencitations', url: open.url, token: 'a token' },
      { kind: 'europepmc', url: europe.url },
    ],
    async () => undefined,
  )
  await refresh(metrics, sources)
  expect(await readCitations(metrics.sql, ['Crossref', 'OpenCitations', 'Europe PMC'], '00353')).toMatchObject([
    { number: 0 },
    { number: 12 },
    { number: 9 },
  ])
  const states = await sourceStates(metrics.sql)
  expect(states.map(({ service, problem }) => [service, problem === null])).toEqual([
    ['Crossref', false],
    ['Europe PMC', true],
    ['OpenCitations', true],
  ])
})
