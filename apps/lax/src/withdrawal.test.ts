import { expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

const withdrawal = '/00353/withdrawal'
const order = { who: 'The editor', why: 'It was published by mistake.' }

test('a withdrawn article is gone from every answer with its reason, and comes back as it was', async () => {
  await using lax = await startLax()
  const article = sampleArticle({ title: 'Zebrafish' })
  await lax.put('/00353/versions/1', { article, run: 'run' })
  await lax.post('/00353/versions/1', { run: 'run' })
  const before = (await lax.get('/00353')).body

  expect((await lax.put(withdrawal, order)).json()).toEqual({ status: 'withdrawn', id: '00353', versions: 1 })
  for (const path of ['/00353', '/353', '/00353/versions', '/00353/versions/1', '/00353/related']) {
    const gone = await lax.get(path)
    expect([path, gone.statusCode, gone.json().detail]).toEqual([path, 410, expect.stringContaining(order.why)])
  }
  expect((await lax.get('')).json()).toMatchObject({ total: 0 })
  expect((await lax.request('GET', '/api/v2/search?for=zebrafish', undefined, {})).json()).toMatchObject({ total: 0 })
  expect((await lax.put(withdrawal, order)).json()).toMatchObject({ status: 'withdrawn', versions: 0 })

  const again = await lax.put('/00353/versions/1', { article, run: 'second' })
  expect([again.statusCode, again.json().code]).toEqual([409, 'withdrawn'])

  const undone = await lax.request('DELETE', `/api/v2/articles${withdrawal}`, { who: 'The editor' })
  expect(undone.json()).toEqual({ status: 'reinstated', id: '00353', versions: 1 })
  expect((await lax.get('/00353')).body).toBe(before)
  expect((await lax.request('GET', '/api/v2/search?for=zebrafish', undefined, {})).json()).toMatchObject({ total: 1 })
})

test('who has not the token withdraws nothing; nor is anything withdrawn that was never public, or without a reason', async () => {
  await using lax = await startLax()
  await lax.put('/00353/versions/1', { article: sampleArticle(), run: 'run' })
  expect((await lax.put(withdrawal, order, {})).statusCode).toBe(403)
  expect((await lax.put(withdrawal, order)).json()).toMatchObject({ code: 'record-not-found' })
  expect((await lax.put(withdrawal, { who: 'The editor' })).statusCode).toBe(400)
  expect((await lax.get('/00354')).statusCode).toBe(404)
})
