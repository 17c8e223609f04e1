import { describe, expect, test } from 'vitest'
import { keepCounts } from './citations/citation-store.ts'
import { absent, apiErrors, why } from './api-schemas.fixture.ts'
import { startMetrics, type MetricsUnderTest } from './metrics.fixture.ts'

async function readFor(metrics: MetricsUnderTest) {
  for (const [date, views] of [
    ['2026-01-31', 1],
    ['2026-02-01', 2],
    ['2026-02-03', 3],
  ] as const) {
    const clicks = Array.from({ length: views }, (_, index) => ({ at: `${date}T1${index}:00:00Z` }))
    await metrics.click([...clicks, { at: `${date}T20:00:00Z`, use: 'pdf' as const }])
  }
}

describe('usage of an article', () => {
  test('scenario 13: by day and by month the totals are the same, in pages, in either order', async () => {
    await using metrics = await startMetrics()
    await readFor(metrics)
    const views = '/metrics/article/353/page-views'
    expect((await metrics.get(views)).json()).toEqual({
      totalPeriods: 3,
      totalValue: 6,
      periods: [
        { period: '2026-02-03', value: 3 },
        { period: '2026-02-01', value: 2 },
        { period: '2026-01-31', value: 1 },
      ],
    })
    expect((await metrics.get(`${views}?by=MONTH&order=ASC`)).json()).toEqual({
      totalPeriods: 2,
      totalValue: 6,
      periods: [
        { period: '2026-01', value: 1 },
        { period: '2026-02', value: 5 },
      ],
    })
    expect((await metrics.get(`${views}?page=2&per-page=2`)).json()).toMatchObject({
      totalPeriods: 3,
      totalValue: 6,
      periods: [{ period: '2026-01-31', value: 1 }],
    })
    expect((await metrics.get(`${views}?page=9`)).json()).toEqual({ totalPeriods: 3, totalValue: 6, periods: [] })
    expect((await metrics.get('/metrics/article/00353/downloads?by=month')).json()).toMatchObject({ totalValue: 3 })
  })

  test('scenario 13: headers, and the refusals', async () => {
    await using metrics = await startMetrics()
    const views = '/metrics/article/00353/page-views'
    const reply = await metrics.get(views)
    expect(reply.headers).toMatchObject({
      'content-type': 'application/vnd.elife.metric-time-period+json; version=1',
      'cache-control': 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400',
      vary: 'Accept',
    })
    for (const query of ['by=year', 'page=0', 'per-page=101', 'order=up', 'page=x']) {
      const refused = await metrics.get(`${views}?${query}`)
      expect([query, refused.statusCode]).toEqual([query, 400])
      expect(refused.headers['cache-control']).toBe('no-store')
    }
    for (const [accept, status] of [
      ['application/vnd.elife.metric-time-period+json; version=2', 406],
      ['text/html', 406],
      ['application/vnd.elife.metric-time-period+json; version=1', 200],
      ['text/html, */*;q=0.1', 200],
    ] as const) {
      expect([accept, (await metrics.get(views, { accept })).statusCode]).toEqual([accept, status])
    }
  })

  test('scenario 14: what was just published has zeros, what is not published is not found', async () => {
    await using metrics = await startMetrics()
    expect((await metrics.get('/metrics/article/00353/page-views')).json()).toEqual({
      totalPeriods: 0,
      totalValue: 0,
      periods: [],
    })
    expect((await metrics.get('/metrics/article/00354/page-views')).statusCode).toBe(404)
    expect((await metrics.get('/metrics/article/00354/summary')).statusCode).toBe(404)
    expect((await metrics.get('/metrics/article/00353/summary')).json()).toMatchObject({
      items: [{ id: 353, views: 0 }],
    })
  })

  test.skipIf(absent)(`scenario 13: answers are valid by the schemas of the public API${why}`, async () => {
    await using metrics = await startMetrics(undefined, ['Crossref', 'OpenCitations'])
    await readFor(metrics)
    for (const query of ['', '?by=month', '?page=7']) {
      const body = (await metrics.get(`/metrics/article/00353/page-views${query}`)).json()
      expect(apiErrors('metric-time-period.v1', body)).toEqual([])
    }
    expect(apiErrors('metric-citations.v1', (await metrics.get('/metrics/article/00353/citations')).json())).toEqual([])
  })

  test('scenario 34: the API of 2016 answers its shape from the same data', async () => {
    await using metrics = await startMetrics('2026-02-10T12:00:00Z')
    await readFor(metrics)
    expect((await metrics.get('/api/v1/article/10.7554/eLife.00353/')).json()).toEqual({
      '10.7554/eLife.00353': {
        daily: {
          '2026-01-31': { full: 1, abstract: 0, digest: 0, pdf: 1 },
          '2026-02-01': { full: 2, abstract: 0, digest: 0, pdf: 1 },
          '2026-02-03': { full: 3, abstract: 0, digest: 0, pdf: 1 },
        },
        monthly: {
          '2026-01': { full: 1, abstract: 0, digest: 0, pdf: 1 },
          '2026-02': { full: 5, abstract: 0, digest: 0, pdf: 2 },
        },
      },
    })
    expect((await metrics.get('/api/v1/article/hw,ga/10.7554/eLife.00353/')).json()).toEqual({
      hw: { '10.7554/eLife.00353': { daily: {}, monthly: {} } },
      ga: { '10.7554/eLife.00353': { daily: {}, monthly: {} } },
    })
    for (const address of ['10.7554/elife.00353/', '10.7554/eLife.00353', '10.7554/eLife.99999/']) {
      expect((await metrics.get(`/api/v1/article/${address}`)).statusCode).toBe(404)
    }
  })
})

describe('citations and summaries', () => {
  const checked = Temporal.Instant.from('2026-03-01T00:00:00Z')
  const count = (metrics: MetricsUnderTest, service: string, doi: string, number: number, article = '00353') =>
    keepCounts(metrics.sql, service, [{ doi: doi.toLowerCase(), number, article }], checked)

  test('versions are added up, services sorted by number; a page shows no false zero', async () => {
    await using metrics = await startMetrics(undefined, ['Crossref', 'OpenCitations', 'Europe PMC'])
    await count(metrics, 'Crossref', '10.7554/eLife.00353', 5)
    await count(metrics, 'Crossref', '10.7554/eLife.00353.12', 2)
    await count(metrics, 'Europe PMC', '10.7554/eLife.00353', 9)
    const citations = '/metrics/article/00353/citations'
    const uri = 'https://doi.org/10.7554/eLife.00353'
    expect((await metrics.get(citations)).json()).toEqual([
      { service: 'Europe PMC', uri, citations: 9, checked: '2026-03-01T00:00:00Z' },
      { service: 'Crossref', uri, citations: 7, checked: '2026-03-01T00:00:00Z' },
      { service: 'OpenCitations', uri, citations: 0 },
    ])
    expect((await metrics.get(`${citations}?page=2&per-page=1`)).json()).toMatchObject([
      { service: 'Crossref', citations: 7 },
    ])
    expect((await metrics.get(`${citations}/version/12`)).json()).toMatchObject([
      { service: 'Crossref', uri: `${uri}.12`, citations: 2 },
      { citations: 0 },
      { citations: 0 },
    ])
    expect((await metrics.get(`${citations}/version/3`)).statusCode).toBe(404)
  })

  test('scenario 16: summaries list an article with citations and no views, by number', async () => {
    await using metrics = await startMetrics()
    metrics.published['09560'] = { statuses: ['vor'] }
    metrics.published['100254'] = { statuses: ['vor'] }
    await metrics.click([{ at: '2026-03-01T10:00:00Z' }, { at: '2026-03-01T10:00:00Z', use: 'pdf', article: '100254' }])
    await count(metrics, 'Crossref', '10.7554/eLife.09560', 4, '09560')
    expect((await metrics.get('/metrics/article/summary')).json()).toEqual({
      total: 3,
      items: [
        { id: 100254, views: 0, downloads: 1, crossref: 0, pubmed: 0, scopus: 0 },
        { id: 9560, views: 0, downloads: 0, crossref: 4, pubmed: 0, scopus: 0 },
        { id: 353, views: 1, downloads: 0, crossref: 0, pubmed: 0, scopus: 0 },
      ],
    })
    expect((await metrics.get('/metrics/article/summary?page=2&per-page=2')).json()).toMatchObject({
      total: 3,
      items: [{ id: 353 }],
    })
  })
})

test('scenario 35: a history of Google Analytics shows in totals, by the rules of its time', async () => {
  await using metrics = await startMetrics()
  await metrics.click([{ at: '2026-02-03T10:00:00Z' }])
  const csv = [
    '# Exported',
    'ga:pagePath,ga:date,ga:pageviews',
    '/content/1/e00353,20150401,10', // HighWire: the full text
    '/content/1/e00353.abstract,20150401,3',
    '/content/1/e00353/abstract-2,20150401,2',
    '/content/1/e00353,20160301,99', // a redirect at that time
    '/content/1/e00353v1,20160301,4',
    '"/articles/00353","20180101","1,005"',
    '/articles/1234567890,20180101,7', // no article
    '/articles/00353?utm_campaign=x,20190101,8', // not counted then
    '/articles/00353?utm_campaign=x,20220101,1',
    '(other),20180101,6',
  ]
  const taken = (await metrics.operate('POST', '/usage/history', csv.join('\n'))).json()
  expect(taken).toEqual({
    rows: 10,
    kept: 4,
    views: 10 + 3 + 2 + 4 + 1005 + 1,
    downloads: 0,
    skipped: { 'another page': 3, 'of the row "(other)": Google Analytics had too much data': 1 },
  })
  const months =
    'article,date,source,full,abstract,digest,pdf\n00353,2014-03,hw,100,0,0,20\n00353,2018-01,ga,1010,0,0,5\n'
  for (const _ of [1, 2]) await metrics.operate('POST', '/usage/history', months)
  // January 2018 is there as a month, and its days are not added to it.
  const total = 15 + 4 + 1010 + 1 + 100 + 1
  expect((await metrics.get('/metrics/article/00353/page-views?by=month&order=asc')).json()).toMatchObject({
    totalValue: total,
    periods: [
      { period: '2014-03', value: 100 },
      { period: '2015-04', value: 15 },
      { period: '2016-03', value: 4 },
      { period: '2018-01', value: 1010 },
      { period: '2022-01', value: 1 },
      { period: '2026-02', value: 1 },
    ],
  })
  expect((await metrics.get('/metrics/article/00353/page-views')).json()).toMatchObject({ totalValue: total })
  expect((await metrics.get('/metrics/article/00353/downloads')).json()).toMatchObject({ totalValue: 25 })
  const wrong = await metrics.operate('POST', '/usage/history', 'a,b\n1,2\n')
  expect([wrong.statusCode, wrong.json().detail]).toEqual([400, expect.stringContaining('The first line names a, b')])
})
