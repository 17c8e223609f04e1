import { expect, test } from 'vitest'
import { readToken, startLax, token } from './lax.fixture.ts'
import { journal, sampleArticle } from './rules/samples.fixture.ts'

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

test('while its tokens are rotated the store takes both of each, and each for what it may', async () => {
  const next = ['the-next-token-of-all', 'the-next-token-to-read'] as const
  await using lax = await startLax(undefined, [journal], { token: [next[0], token], readToken: [next[1], readToken] })
  const body = { article: sampleArticle(), run: '11111111-2222-4333-8444-555555555555' }
  const put = async (given: string) =>
    (await lax.put('/353/versions/1', body, { authorization: `Bearer ${given}` })).statusCode
  const read = async (given: string) =>
    (await lax.get('/353/versions/1', { authorization: `Bearer ${given}` })).statusCode
  expect(await Promise.all([token, next[0]].map(put))).toEqual([200, 200])
  expect(await Promise.all([readToken, next[1], 'the-token-before-those'].map(put))).toEqual([403, 403, 403])
  expect(await Promise.all([readToken, next[1], token, next[0]].map(read))).toEqual([200, 200, 200, 200])
  expect(await read('the-token-before-those')).toBe(404)
})
