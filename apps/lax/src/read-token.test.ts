import { expect, test } from 'vitest'
import { readToken, startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

test('18.12: the token of the journal reads what is not published, and writes nothing', async () => {
  await using lax = await startLax()
  const body = { article: sampleArticle(), run: '11111111-2222-4333-8444-555555555555' }
  const reader = { authorization: `Bearer ${readToken}` }
  expect((await lax.put('/353/versions/1', body, reader)).statusCode).toBe(403)
  expect((await lax.put('/353/versions/1', body)).statusCode).toBe(200)
  expect((await lax.post('/353/versions/1', { run: body.run }, reader)).statusCode).toBe(403)
  expect((await lax.get('/353/versions/1', reader)).statusCode).toBe(200)
  expect((await lax.get('/353/versions/1')).statusCode).toBe(404)
})
