import { expect, test } from 'vitest'
import { sampleArticle, sampleEif } from '../editions/samples.fixture.ts'
import { startSite } from '../site.fixture.ts'
import type { ArticleStore } from './article-store.ts'
import type { NotedUse } from '../usage/usage-counter.ts'

/** A site with one published article, whose article store counts the requests for it and answers when the test lets it. */
async function startCounted() {
  let asked = 0
  let title = 'As it was'
  let gate = Promise.resolve()
  const uses: NotedUse[] = []
  const articleStore: ArticleStore = {
    version: async () => {
      asked++
      const article = sampleArticle({ title })
      await gate
      return { article }
    },
    history: async () => undefined,
    related: async () => undefined,
    search: async () => undefined,
    check: async () => undefined,
  }
  const nothing = async () => undefined
  const site = await startSite({
    articleStore,
    usage: {
      counter: { note: (_, use) => void uses.push(use), answered: () => undefined, flush: nothing, close: nothing },
      numbers: { ask: () => undefined, known: () => undefined },
    },
  })
  await site.post('/api/article.json', sampleEif({ publish: true }))
  return {
    site,
    uses,
    asked: () => asked,
    retitle: (now: string) => void (title = now),
    close: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}

test('a page is made once for all who ask at once, and once a second for those who ask later; each is a use', async () => {
  const { site, uses, asked, close, retitle } = await startCounted()
  await using _ = site
  const open = close()
  const answers = Array.from({ length: 5 }, () => site.get('/articles/00353'))
  await expect.poll(asked).toBe(1)
  open()
  const bodies = new Set((await Promise.all(answers)).map(({ body }) => body))
  expect([asked(), bodies.size, uses.length]).toEqual([1, 1, 5])

  retitle('As it is now')
  const kept = await site.get('/articles/00353')
  expect(kept.body).toContain('As it was')
  expect(kept.headers.link).toContain('cite-as')
  site.passSecond()
  expect((await site.get('/articles/00353')).body).toContain('As it is now')
  expect([asked(), uses.length]).toEqual([2, 7])
  expect(uses.every(({ article, use }) => article === '00353' && use === 'full')).toBe(true)
})

test('what is published or withdrawn here is seen at once, also by those whose page was being made', async () => {
  const { site, asked, close } = await startCounted()
  await using _ = site
  expect((await site.get('/')).body).toContain('00353')
  const open = close()
  const early = site.get('/articles/00353')
  await expect.poll(asked).toBe(1)
  await site.put('/api/publish/00353.1.json', { publish: false })
  open()
  expect((await early).statusCode).toBe(200)
  expect((await site.get('/articles/00353')).statusCode).toBe(410)
  expect((await site.get('/')).body).not.toContain('00353')
})

test('a page that can not be made lets those who wait try for themselves', async () => {
  const { site } = await startCounted()
  await using _ = site
  const answers = await Promise.all(Array.from({ length: 3 }, () => site.get('/articles/00999')))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
})
