import { expect, test, vi } from 'vitest'
import { logger, settings, startDashboard } from '../web/dashboard.fixture.ts'
import { sendRequests } from '../publish/outbox.ts'
import { readyRun } from '../derive/history/messages.fixture.ts'
import { startScheduler } from './scheduler.ts'

test('two schedulers request and send a due publication once, and send an earlier unsent request', async () => {
  await using dashboard = await startDashboard()
  const { sql, receive, post, starter, sent } = dashboard
  await receive([...readyRun(), ...readyRun(0, { article: '04970' })])
  await post('/api/schedule_article_publication', {
    article: { 'article-identifier': '00353', scheduled: 1_400_000_000 },
  })
  starter.cut = true
  await post('/api/queue_article_publication', { articles: [{ id: '04970' }] })

  const send = async (body: string) => void sent.push(JSON.parse(body))
  const scheduler = () =>
    startScheduler({
      sql,
      previewBaseUrl: settings.PREVIEW_BASE_URL,
      sendRequests: () => sendRequests(sql, send, logger),
      logger,
    })
  const schedulers = [scheduler(), scheduler()]
  await vi.waitFor(() => expect(sent).toHaveLength(2), 5000)
  await Promise.all(schedulers.map((each) => each.stop()))
  const ids = sent.map((message): unknown => Object(Object(message).workflow_data).article_id)
  expect(new Set(ids)).toEqual(new Set(['00353', '04970']))
})

test('a stopped scheduler has finished its pass and starts no other', async () => {
  await using dashboard = await startDashboard()
  let passes = 0
  const scheduler = startScheduler({
    sql: dashboard.sql,
    previewBaseUrl: settings.PREVIEW_BASE_URL,
    sendRequests: async () => void passes++,
    logger,
  })
  await scheduler.stop()
  expect(passes).toBe(1)
})
