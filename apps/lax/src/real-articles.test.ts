import { expect, test } from 'vitest'
import { absent, invalidArticle, realArticles, schemaErrors } from './api-schemas.fixture.ts'
import { startLax } from './lax.fixture.ts'

/** Answers about real articles, as previews and published, checked against the schemas of the public API. */
test.skipIf(absent)('every answer about real articles is valid, before and after publication', async () => {
  await using lax = await startLax()
  const everything = { authorization: lax.authorization }
  const articles = realArticles()
  expect(articles).toHaveLength(13)

  for (const article of articles) {
    const { id, version, status } = article
    const path = `/${id}/versions/${version}`
    expect((await lax.put(path, { article, run: path })).json()).toMatchObject({ status: 'ingested' })
    const types = { poa: [4, 3], vor: [8, 7] }[status]
    for (const stage of ['preview', 'published']) {
      for (const type of types) {
        const accept = `application/vnd.elife.article-${status}+json; version=${type}`
        const answer = await lax.get(path, { ...everything, accept })
        expect(answer.json()).toMatchObject({ id, version, stage })
        expect(schemaErrors(`article-${status}.v${type}`, answer.json()), `${path} ${stage}`).toEqual([])
      }
      await checkHistory(id)
      if (stage === 'preview') await lax.post(path, { run: path })
    }
    expect(Object.keys((await lax.get(path)).json()).filter((key) => key.startsWith('-'))).toEqual([])
  }

  async function checkHistory(id: string) {
    for (const type of [2, 1]) {
      const accept = `application/vnd.elife.article-history+json; version=${type}`
      const history = (await lax.get(`/${id}/versions`, { ...everything, accept })).json()
      expect(schemaErrors(`article-history.v${type}`, history)).toEqual([])
      expect(schemaErrors('article-list.v1', { total: 1, items: history.versions })).toEqual([])
    }
  }

  const list = (await lax.get('?per-page=100')).json()
  expect(list.total).toBe(new Set(articles.map(({ id }) => id)).size)
  expect(schemaErrors('article-list.v1', list)).toEqual([])
  for (const type of [2, 1]) {
    const accept = `application/vnd.elife.article-related+json; version=${type}`
    for (const { id } of articles) {
      const related = (await lax.get(`/${id}/related`, { accept })).json()
      expect(schemaErrors(`article-related.v${type}`, related), id).toEqual([])
    }
  }
})

test.skipIf(absent)('content is served as it was given, with dates and stage set', async () => {
  await using lax = await startLax()
  for (const article of realArticles().filter(({ version }) => version === 1)) {
    const path = `/${article.id}/versions/1`
    await lax.put(path, { article, run: 'run' })
    await lax.post(path, { run: 'run' })
    const served = (await lax.get(path)).json()
    const given = Object.fromEntries(Object.entries(article).filter(([key]) => !key.startsWith('-')))
    const date = article['published']
    expect(served).toEqual({ ...given, stage: 'published', published: date, versionDate: date, statusDate: date })
  }
})

test.skipIf(absent)('an invalid article is refused', async () => {
  await using lax = await startLax()
  const article = invalidArticle()
  const answer = await lax.put('/15507/versions/1', { article, run: 'run' })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ status: 'invalid', code: 'invalid-article-json' })
})
