import { once } from 'node:events'
import { createServer } from 'node:http'
import { markKey } from '@continuum/package'
import { Type } from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { callService } from '../withdrawal/call-service.ts'
import { eifOf, published, startSiteAndArchive } from './site.fixture.ts'

/** The rebuild of a real site, from a real bucket. */

const { archive, put, rebuild, site, told } = await startSiteAndArchive()

const titleOf = async (id: string, headers: Record<string, string> = {}) => {
  const reply = await fetch(`${site.url}/api/article/${id}.1.json`, { headers })
  return Object(await reply.json()).title
}

const resultsOf = async (id: string) =>
  (await rebuild()).flatMap(({ article, result, reason }) => (article === id ? [reason ?? result] : []))

test('a correction that waits for approval is kept, beside what readers see', async () => {
  await archive('00801', 1, 'As it was published')
  expect(await resultsOf('00801')).toEqual(['made'])
  const body = eifOf('00801', 1, 'As it is corrected')
  await callService(Type.Unknown(), site, {
    method: 'PUT',
    path: '/api/article/00801.1.json',
    body,
    headers: { 'x-continuum-run': 'the-correction' },
  })
  expect(await resultsOf('00801')).toEqual(['kept'])
  const { authorization } = site
  expect(await titleOf('00801', { authorization })).toBe('As it is corrected')
  expect(await titleOf('00801')).toBe('As it was published')
})

test('the dashboard is told the same again by a rebuild that is run again, so that nothing is stored twice', async () => {
  const key = await archive('00802', 1, 'The title')
  await rebuild()
  const first = told('00802')
  expect(first).toContainEqual(
    expect.objectContaining({ event_type: 'Rebuild', message: expect.stringContaining(key) }),
  )
  expect(first).toContainEqual(expect.objectContaining({ name: 'publication-date', value: published }))
  expect(new Set(first.map(({ message_id }) => message_id)).size).toBe(first.length)
  await rebuild()
  expect(told('00802').slice(first.length)).toEqual(first)
})

test('what is withdrawn is so on the site and on the dashboard, with its reason', async () => {
  await archive('00803', 1, 'The title')
  await archive('00804', 1, 'The title')
  const mark = { format: 1, who: 'ada', why: 'The authors ask for it.', at: published }
  await put(markKey('00803', 'withdrawal'), JSON.stringify(mark))
  await put('withdrawn/00804/elife-00804-v1.xml', '<article/>')
  expect(await resultsOf('00803')).toEqual(['made', 'made'])
  expect((await fetch(`${site.url}/articles/00803`)).status).toBe(410)
  const property = { name: 'withdrawn', version: 0, property_type: 'text' }
  const [first] = told('00803').filter((message) => 'name' in message && message.name === 'withdrawn')
  expect(first).toMatchObject({ ...property, value: 'The authors ask for it.' })
  expect(told('00804')).toContainEqual(
    expect.objectContaining({ ...property, value: 'This article has been withdrawn.' }),
  )
  // A rebuild that was killed before it told the dashboard tells it when it is run again.
  const before = told('00803').length
  expect(await resultsOf('00803')).toEqual(['kept', 'kept'])
  expect(told('00803').slice(before)).toContainEqual(first)
})

test('a rebuild that only says what it would do tells nobody', async () => {
  await archive('00805', 1, 'The title')
  const before = told('00803').length
  const results = await rebuild({ dryRun: true })
  expect(results).toContainEqual(expect.objectContaining({ article: '00805', result: 'made' }))
  expect([told('00805'), told('00803').length]).toEqual([[], before])
})

test.each([503, 403, 302])(
  'where something else than the site answers (%s), nothing is made, each failure says who, and the others are tried',
  async (status) => {
    await archive('00806', 1, 'The title')
    const asked: string[] = []
    const server = createServer(({ method, url }, reply) => {
      asked.push(`${method} ${url}`)
      reply.writeHead(status, { location: '/' }).end('a proxy')
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const url = `http://127.0.0.1:${Object(server.address()).port}`
    const results = await rebuild({ site: { ...site, url } })
    expect(results.length).toBeGreaterThan(1)
    const reason = status === 302 ? `The site at ${url} does not answer` : `The site at ${url} answers ${status}`
    for (const each of results)
      expect(each).toMatchObject({ result: 'failed', reason: expect.stringContaining(reason) })
    expect(asked.filter((request) => !request.startsWith('GET'))).toEqual([])
  },
)

test('a site that answers for articles and fails for versions is told, too', async () => {
  await archive('00807', 1, 'The title')
  const server = createServer(({ url }, reply) => {
    reply.writeHead(url?.startsWith('/articles/') ? 404 : 500).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${Object(server.address()).port}`
  const results = await rebuild({ site: { ...site, url } })
  expect(results.find(({ article }) => article === '00807')).toMatchObject({
    result: 'failed',
    reason: `The site at ${url} answers 500 for /api/article/00807.1.json.`,
  })
})
