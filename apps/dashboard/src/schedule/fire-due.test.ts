import { expect, test } from 'vitest'
import { logger, settings, startDashboard } from '../web/dashboard.fixture.ts'
import { event, property, readyRun } from '../derive/history/messages.fixture.ts'
import { loadArticle } from '../project/article-rows.ts'
import { schedulesOf } from '../store/schedules.ts'
import { fireDue } from './fire-due.ts'

type Dashboard = Awaited<ReturnType<typeof startDashboard>>

const schedule = ({ post }: Dashboard, id: string, scheduled: number) =>
  post('/api/schedule_article_publication', { article: { 'article-identifier': id, scheduled } })

const fire = ({ sql }: Dashboard) => fireDue(sql, settings.PREVIEW_BASE_URL, logger)

/** Pretends that the last try was more than a minute ago. */
const aMinuteLater = ({ sql }: Dashboard) => sql`update schedule set tried_at = tried_at - interval '2 minutes'`

async function requests({ sql }: Dashboard) {
  const known = await loadArticle(sql, '00353')
  return known?.requests.map(({ by, run, result }) => [by, run, result])
}

test('a due publication is requested once', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  await schedule(dashboard, '00353', 1_400_000_000)
  await Promise.all([fire(dashboard), fire(dashboard)])
  await aMinuteLater(dashboard)
  await fire(dashboard)
  expect(await requests(dashboard)).toEqual([['machine (scheduled)', 'a', 'queued']])
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([{ fired: true, problem: '' }])
})

test('a publication that is not due is not requested', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  await schedule(dashboard, '00353', 4_000_000_000)
  await fire(dashboard)
  expect(await requests(dashboard)).toEqual([])
})

test('a due publication that is not ready is overdue, says why, and is requested when it is ready', async () => {
  await using dashboard = await startDashboard()
  await schedule(dashboard, '00353', 1_400_000_000)
  await fire(dashboard)
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([
    { fired: false, problem: 'This article has not arrived.' },
  ])
  await dashboard.receive([event(0, 'Expand Article', 'start')])
  await aMinuteLater(dashboard)
  await fire(dashboard)
  expect((await dashboard.get('/current')).body).toMatch(/Overdue:.*This run is still in progress/)
  await dashboard.receive(readyRun(1))
  await aMinuteLater(dashboard)
  await fire(dashboard)
  expect(await requests(dashboard)).toEqual([['machine (scheduled)', 'a', 'queued']])
})

test('a schedule is bound to the run that was ready: a newer run is not published in its place', async () => {
  await using dashboard = await startDashboard()
  await schedule(dashboard, '00353', 4_000_000_000)
  await dashboard.receive(readyRun())
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([{ version: 1, run: 'a' }])
  await dashboard.receive(readyRun(20, { run: 'b' }))
  await dashboard.sql`update schedule set due = now()`
  await fire(dashboard)
  expect(await requests(dashboard)).toEqual([])
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([
    { fired: false, problem: expect.stringContaining('Run 2 of this version is newer') },
  ])
})

test('a run that somebody has published before its time is no longer due', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  await schedule(dashboard, '00353', 4_000_000_000)
  await dashboard.receive([property(12, 'publication-status', 'published', { run: 'a' })])
  await dashboard.sql`update schedule set due = now()`
  await fire(dashboard)
  expect(await requests(dashboard)).toEqual([])
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([{ fired: true, problem: '' }])
})
