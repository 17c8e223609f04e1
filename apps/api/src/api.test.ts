import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createLogger } from '@continuum/service'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createApi } from './app.ts'

const logger = createLogger({ service: 'api', level: 'silent' })

/** A service that answers what it was asked. */
async function startService(name: string) {
  const asked: { method: string; url: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    response
      .setHeader('etag', '"1"')
      .setHeader('kong-authenticated', 'False')
      .setHeader('cache-control', 'public, max-age=300')
    response.setHeader('content-type', 'application/vnd.test+json; version=1')
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else response.end(JSON.stringify({ service: name, url: request.url }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() }
}

async function startApi(requestsAMinute = 1000) {
  const [lax, metrics] = [await startService('lax'), await startService('metrics')]
  const app = await createApi({ upstreams: { lax: lax.url, metrics: metrics.url }, requestsAMinute, logger })
  return {
    app,
    lax,
    metrics,
    get: (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers }),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      lax.close()
      metrics.close()
    },
  }
}

test('each public address is answered by its service, as it stands there', async () => {
  await using api = await startApi()
  for (const [url, service, there] of [
    ['/articles', 'lax', '/api/v2/articles'],
    ['/articles?page=2&per-page=5', 'lax', '/api/v2/articles?page=2&per-page=5'],
    ['/articles/00353/versions/1', 'lax', '/api/v2/articles/00353/versions/1'],
    ['/search?for=a&subject[]=b', 'lax', '/api/v2/search?for=a&subject[]=b'],
    ['/subjects', 'lax', '/api/v2/subjects'],
    ['/metrics/article/353/page-views', 'metrics', '/metrics/article/353/page-views'],
    ['/r51/status', 'metrics', '/r51/status'],
    ['/api/v1/article/10.7554/eLife.00353/', 'metrics', '/api/v1/article/10.7554/eLife.00353/'],
    ['/proxy/metrics/api/v1/article/10.7554/eLife.00353/', 'metrics', '/api/v1/article/10.7554/eLife.00353/'],
  ]) {
    const reply = await api.get(url ?? '')
    expect([url, reply.json()]).toEqual([url, { service, url: there }])
    expect(reply.headers['content-type']).toBe('application/vnd.test+json; version=1')
  }
  expect((await api.get('/articles', { 'if-none-match': '"1"' })).statusCode).toBe(304)
})

test('scenario 30: what only a gateway may say is taken away, in both directions', async () => {
  await using api = await startApi()
  const reply = await api.get('/articles', {
    'x-consumer-groups': 'view-unpublished-content',
    'X-Consumer-Username': 'journal-preview',
    'kong-authenticated': 'True',
    accept: 'application/json',
  })
  expect(Object.keys(api.lax.asked[0]?.headers ?? {}).filter((name) => /consumer|kong/.test(name))).toEqual([])
  expect(api.lax.asked[0]?.headers.accept).toBe('application/json')
  expect(reply.headers).not.toHaveProperty('kong-authenticated')
})

test('scenario 31: a script of another origin reads, and cannot write', async () => {
  await using api = await startApi()
  const origin = { origin: 'https://elsewhere.example' }
  for (const url of ['/articles', '/metrics/article/1/downloads', '/search']) {
    const reply = await api.get(url, origin)
    expect([url, reply.statusCode, reply.headers['access-control-allow-origin']]).toEqual([url, 200, '*'])
    expect(reply.headers['cross-origin-resource-policy']).toBe('cross-origin')
  }
  const preflight = await api.app.inject({
    method: 'OPTIONS',
    url: '/articles/00353/versions/1',
    headers: { ...origin, 'access-control-request-method': 'PUT' },
  })
  expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS')
  const before = api.lax.asked.length
  for (const method of ['PUT', 'POST', 'DELETE'] as const) {
    const reply = await api.app.inject({ method, url: '/articles/00353/versions/1', headers: origin, payload: '{}' })
    expect([method, reply.statusCode]).toEqual([method, 404])
  }
  expect(api.lax.asked).toHaveLength(before)
})

test('what is not public is not reached', async () => {
  await using api = await startApi()
  for (const url of [
    '/usage/state',
    '/usage/days/2026-01-01/key',
    '/api/v2/articles',
    '/articles/../../status',
    '/status/',
    '/metricsx',
  ]) {
    await api.get(url)
  }
  const reached = [...api.lax.asked, ...api.metrics.asked].map(({ url }) => url)
  // Its own status asks them whether they run.
  expect(reached.filter((url) => url !== '/ping')).toEqual([])
})

test('scenario 32: the contract lists every public route, and its page loads nothing from elsewhere', async () => {
  await using api = await startApi()
  const { paths } = (await api.get('/openapi.json')).json()
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/articles',
      '/articles/{id}',
      '/search',
      '/subjects',
      '/subjects/{id}',
      '/metrics/article/{id}/page-views',
      '/metrics/article/summary',
      '/r51/reports/{report}',
      '/api/v1/article/{path}',
    ]),
  )
  expect((await api.get('/')).headers.location).toBe('/documentation')
  const page = await api.get('/documentation/')
  expect(page.statusCode).toBe(200)
  expect(String(page.headers['content-security-policy'])).toContain("script-src 'self'")
})

test('scenario 33: one who asks too often is told when to ask again; health is always answered', async () => {
  await using api = await startApi(3)
  for (const _ of [1, 2, 3]) expect((await api.get('/articles')).statusCode).toBe(200)
  const refused = await api.get('/articles')
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(refused.json().detail).toContain('has asked 3 times within a minute')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
  expect((await api.get('/ping')).statusCode).toBe(200)
})

test('scenario 33: a harvester that waits as long as it is told gets everything', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  await using api = await startApi(3)
  let waits = 0
  const pages: number[] = []
  while (pages.length < 8) {
    const reply = await api.get(`/articles?page=${pages.length + 1}`)
    if (reply.statusCode === 200) pages.push(pages.length + 1)
    else {
      expect(++waits).toBeLessThan(4)
      vi.setSystemTime(Date.now() + Number(reply.headers['retry-after']) * 1000)
    }
  }
  expect([waits, api.lax.asked.map(({ url }) => url)]).toEqual([
    2,
    pages.map((page) => `/api/v2/articles?page=${page}`),
  ])
})

test('a service that is down is told as such', async () => {
  await using api = await startApi()
  api.metrics.close()
  const reply = await api.get('/metrics/article/1/downloads')
  expect(reply.statusCode).toBeGreaterThanOrEqual(500)
  expect((await api.get('/articles')).statusCode).toBe(200)
})
