import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ArticleStoreError, createArticleStore } from './article-store.ts'
import { sampleArticle } from '../editions/samples.fixture.ts'

/** The article store's API as the site asks it. */
async function startStore(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

test('previews are asked for with the credential, what is published without', async () => {
  const seen: (string | undefined)[] = []
  await using store = await startStore(({ headers, url }, response) => {
    seen.push(url, headers.authorization)
    if (headers.authorization) response.setHeader('x-continuum-run', 'run-1')
    response.end(JSON.stringify({ ...sampleArticle(), unknown: 1 }))
  })
  const { version } = createArticleStore({ url: store.url, token: 'secret' })
  expect(await version('everything', '00353', 1)).toMatchObject({
    article: { title: sampleArticle().title },
    run: 'run-1',
  })
  expect(await version('published', '00353', 1)).toBeDefined()
  const path = '/api/v2/articles/00353/versions/1'
  expect(seen).toEqual([path, 'Bearer secret', path, undefined])
})

test('what is not there is no failure; anything else is one', async () => {
  const answers = new Map([
    ['/api/v2/articles/1/versions/1', 404],
    ['/api/v2/articles/2/versions/1', 500],
    ['/api/v2/articles/3/versions/1', 200],
  ])
  await using store = await startStore(({ url = '' }, response) => {
    response.statusCode = answers.get(url) ?? 400
    response.end('no JSON')
  })
  const { version } = createArticleStore({ url: store.url, token: 'secret' })
  expect(await version('published', '1', 1)).toBeUndefined()
  await expect(version('published', '2', 1)).rejects.toThrow(ArticleStoreError)
  await expect(version('published', '3', 1)).rejects.toThrow(ArticleStoreError)
  const nowhere = createArticleStore({ url: 'http://127.0.0.1:1', token: 'secret' })
  await expect(nowhere.version('published', '1', 1)).rejects.toThrow(ArticleStoreError)
})
