import { journalsOf } from '@continuum/article'
import { expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

const five = { publisher: 'P', issn: '1234-5679' }
const journals = journalsOf([
  { ...five, name: 'eLife', prefix: 'elife', doiPrefix: '10.7554/eLife.', default: true },
  { ...five, name: 'IJM', prefix: 'ijm', doiPrefix: '10.34196/ijm.' },
])

test('two journals that both have a 00202 do not meet', async () => {
  await using lax = await startLax(undefined, journals)
  const first = sampleArticle({ id: '00202', title: 'Of eLife' })
  const second = sampleArticle({
    id: 'ijm-00202',
    title: 'Of IJM',
    doi: '10.34196/ijm.00202',
    '-related-articles-internal': ['00202'],
  })
  for (const article of [first, second]) {
    const path = `/${String(article['id'])}/versions/1`
    expect((await lax.put(path, { article, run: 'run' })).statusCode).toBe(200)
    expect((await lax.post(path, { run: 'run' })).json()).toMatchObject({ id: article['id'], status: 'published' })
  }
  expect((await lax.get('/00202')).json()).toMatchObject({ id: '00202', title: 'Of eLife' })
  expect((await lax.get('/202')).json()).toMatchObject({ id: '00202' })
  expect((await lax.get('/ijm-00202')).json()).toMatchObject({ id: 'ijm-00202', title: 'Of IJM' })
  expect((await lax.get('/ijm-202')).json()).toMatchObject({ id: 'ijm-00202' })
  expect((await lax.app.inject('/api/v1/article/ijm-00202/version/')).json()).toMatchObject({
    1: { doi: '10.34196/ijm.00202' },
  })
  expect((await lax.get('')).json()).toMatchObject({ total: 2 })
  expect((await lax.get('/00202/related')).json()).toMatchObject([{ id: 'ijm-00202' }])
})

test("an article is refused under another journal's id", async () => {
  await using lax = await startLax(undefined, journals)
  const article = sampleArticle({ id: 'ijm-00202', doi: '10.7554/eLife.00202' })
  expect((await lax.put('/ijm-00202/versions/1', { article, run: 'run' })).json()).toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('10.7554/eLife.00202 is not the DOI of article ijm-00202'),
  })
})
