import { expect, test } from 'vitest'
import { machine, startDashboard } from './dashboard.fixture.ts'

test('the contract is the one that is checked in; vitest -u updates it', async () => {
  await using dashboard = await startDashboard()
  const contract = (await dashboard.get('/openapi.json')).json()
  await expect(`${JSON.stringify(contract, undefined, 2)}\n`).toMatchFileSnapshot('../../openapi.json')
})

test('the contract and its page are for members only', async () => {
  await using dashboard = await startDashboard()
  const graham = await dashboard.signIn('graham')
  expect((await dashboard.get('/openapi.json', {})).statusCode).toBe(401)
  expect((await dashboard.get('/docs', {})).headers['location']).toBe('/sign-in')
  expect((await dashboard.get('/docs/json', {})).headers['location']).toBe('/sign-in')
  for (const headers of [{ cookie: graham.cookie }, machine]) {
    expect((await dashboard.get('/docs', headers)).headers['location']).toBe('/contract')
    const page = await dashboard.get('/contract', headers)
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('Dashboard: the HTTP contract')])
  }
  expect((await dashboard.get('/contract', {})).headers['location']).toBe('/sign-in')
})

test('the page of the contract has each route with its role, parameters, body and replies', async () => {
  await using dashboard = await startDashboard()
  const { paths } = (await dashboard.get('/openapi.json')).json()
  const { body } = await dashboard.get('/contract')
  for (const [path, methods] of Object.entries(paths))
    for (const method of Object.keys(Object(methods)))
      expect(body).toContain(`<b>${method.toUpperCase()}</b> <code>${path.replaceAll('/', '&#x2F;')}</code>`)
  const text = body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toMatch(
    /GET &#x2F;deposits Show the recipients, and what was not delivered reader recipient query: the name of a recipient/,
  )
  expect(text).toMatch(
    /POST &#x2F;api&#x2F;schedule_article_publication .* publisher .*Body application&#x2F;json .*article-identifier/,
  )
  expect(text).toContain('409 Its newest run has failed')
  expect(text).toContain('The routes under &#x2F;api have the contract')
})

test('every route describes itself', async () => {
  await using dashboard = await startDashboard()
  const { paths } = (await dashboard.get('/openapi.json')).json()
  const operations = Object.values(paths).flatMap((path) => Object.values(Object(path)))
  expect(operations.length).toBeGreaterThan(20)
  for (const operation of operations) {
    expect(operation).toMatchObject({
      operationId: expect.any(String),
      summary: expect.any(String),
      tags: [expect.any(String)],
    })
  }
})
