import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createArticleStore } from './site/article-store.ts'
import { sampleArticle, sampleEif } from './editions/samples.fixture.ts'
import { connect, startSite, type SiteUnderTest } from './site.fixture.ts'

/** 18.7: PostgreSQL is down, lax hangs. */

async function publish({ post, put }: Pick<SiteUnderTest, 'post' | 'put'>) {
  await post('/api/article.json', sampleEif())
  await put('/api/publish/00353.1.json', { publish: true })
}

test('18.7: while the database is down the journal serves what it has shown, marked, and 503 for the rest', async () => {
  const sql = await connect(1)
  await using site = await startSite({ sql })
  await publish(site)
  site.stored.published['00353v1'] = sampleArticle()
  const before = await site.get('/articles/00353v1')
  expect(before.statusCode).toBe(200)
  await site.get('/')
  await sql.end()
  site.passSecond()

  const copy = await site.get('/articles/00353v1')
  expect(copy.statusCode).toBe(200)
  expect(copy.body).toContain('This is a copy of 2016-10-05T12:00Z')
  expect(copy.body).toContain('<h1')
  expect((await site.get('/')).body).toContain('This is a copy')
  const never = await site.get('/articles/00353')
  expect(never.statusCode).toBe(503)
  expect(never.headers['retry-after']).toBe('5')
  const posted = await site.post('/api/article.json', sampleEif())
  expect(posted.statusCode).toBe(503)
  expect(posted.headers['retry-after']).toBe('5')
})

test("18.7: a reader's page takes at most a second while lax hangs", async () => {
  let hangs = false
  const lax = createServer((request, response) => {
    if (hangs) return
    const isVersion = request.url?.endsWith('/versions/1') && !request.headers.authorization
    if (isVersion) response.end(JSON.stringify(sampleArticle()))
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(lax, 'listening')
  onTestFinished(() => {
    lax.closeAllConnections()
    lax.close()
  })
  const address = lax.address()
  const port = typeof address === 'object' ? address?.port : 0
  await using site = await startSite({
    articleStore: createArticleStore({ url: `http://127.0.0.1:${port}`, token: 'secret' }),
  })
  await publish(site)
  const timed = async () => {
    const began = performance.now()
    const reply = await site.get('/articles/00353v1')
    return { reply, took: performance.now() - began }
  }
  hangs = true
  const without = await timed()
  expect(without.took).toBeLessThan(1_000)
  expect(without.reply.statusCode).toBe(503)
  expect(without.reply.body).toContain('The text of this article is unavailable')
  hangs = false
  expect((await timed()).reply.statusCode).toBe(200)
  hangs = true
  site.passSecond()
  const copy = await timed()
  expect(copy.took).toBeLessThan(1_000)
  expect(copy.reply.body).toContain('This is a copy of')
})
