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
  for (const page of [await graham.get('/docs'), await dashboard.get('/docs', machine)]) {
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
  }
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
