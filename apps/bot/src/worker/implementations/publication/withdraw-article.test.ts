import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { run, startTestBot } from '../../../testing/bot.ts'
import { implementReinstateArticle, implementWithdrawArticle } from './withdraw-article.ts'

const subject = { articleId: '00007', version: 1, run }
const order = { ...subject, who: 'ada', why: 'The authors found an error.' }

/** Starts a bot whose services record what they are asked, and whose CDN has two files of the article. */
async function startBot(deposits: { status?: number; json: unknown } = { json: [] }) {
  const bot = await startTestBot({
    answer: ({ method, url }) => {
      if (url.startsWith('/api/withdraw/')) return { json: { withdrawn: 1 } }
      if (url.endsWith('/withdrawal')) return { json: { status: 'done', id: '00007', versions: 2 } }
      if (url.endsWith('/version/')) return { json: { '1': {}, '2': {} } }
      if (url.endsWith('/notice')) return deposits
      if (url.startsWith('/api/publish/')) return { json: { publish: true } }
      if (method === 'GET') return { json: { retraction: { date: '2026-01-02', notice: '10.7554/notice' } } }
      return { status: 500, json: {} }
    },
  })
  for (const name of ['a-v1.pdf', 'a-v1.xml']) await bot.put(bot.buckets.cdn, `00007/${name}`, name)
  await bot.put(bot.buckets.cdn, '00070/a-v1.pdf', 'of another article')
  return bot
}

test('withdrawing takes the page, the API and the files from readers, tells recipients, and may be repeated', async () => {
  const bot = await startBot()
  for (const _ of ['once', 'twice']) await runActivity(implementWithdrawArticle(bot.tools), order)
  expect(await bot.keys(bot.buckets.cdn)).toEqual(['00070/a-v1.pdf'])
  expect(await bot.keys(bot.buckets.archive)).toEqual([
    'marks/00007/withdrawal.json',
    'withdrawn/00007/a-v1.pdf',
    'withdrawn/00007/a-v1.xml',
  ])
  expect(bot.requests.slice(0, 3).map(({ method, url, body }) => [method, url, body])).toEqual([
    ['PUT', '/api/withdraw/00007', { reason: order.why }],
    ['PUT', '/api/v2/articles/00007/withdrawal', { who: 'ada', why: order.why }],
    ['PUT', '/api/articles/00007/notice', { kind: 'withdrawal', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }],
  ])
  expect(bot.told).toContainEqual(expect.objectContaining({ name: 'withdrawn', value: order.why, version: 0 }))
  expect(bot.told.at(-1)).toMatchObject({ event_type: 'Withdraw Article', status: 'end' })
})

test('a withdrawal is no failure where the deposits service knows no publication: it says that nobody is told', async () => {
  const bot = await startBot({ status: 422, json: { title: 'Unprocessable Content', detail: 'unknown', status: 422 } })
  await runActivity(implementWithdrawArticle(bot.tools), order)
  expect(bot.told.at(-1)).toMatchObject({ status: 'end', message: expect.stringContaining('Recipients are not told') })
})

test('reinstating gives everything back, with the retraction that it had', async () => {
  const bot = await startBot()
  await runActivity(implementWithdrawArticle(bot.tools), order)
  await runActivity(implementReinstateArticle(bot.tools), { ...subject, who: 'ada' })
  expect(await bot.keys(bot.buckets.cdn)).toEqual(['00007/a-v1.pdf', '00007/a-v1.xml', '00070/a-v1.pdf'])
  expect(await bot.keys(bot.buckets.archive)).toEqual([])
  const asked = bot.requests.slice(3).map(({ method, url }) => `${method} ${url}`)
  expect(asked).toEqual([
    'DELETE /api/v2/articles/00007/withdrawal',
    'GET /api/v1/article/00007/version/',
    'PUT /api/publish/00007.1.json',
    'PUT /api/publish/00007.2.json',
    'GET /api/v2/articles/00007',
    'PUT /api/articles/00007/notice',
  ])
  expect(bot.requests.at(-1)?.body).toEqual({
    kind: 'retraction',
    date: '2026-01-02',
    doi: '10.7554/notice',
  })
  expect(bot.told).toContainEqual(expect.objectContaining({ name: 'withdrawn', value: '', version: 0 }))
})
