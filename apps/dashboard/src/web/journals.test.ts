import { expect, test } from 'vitest'
import { readyRun } from '../derive/history/messages.fixture.ts'
import { startDashboard } from './dashboard.fixture.ts'

test('two journals that both have a 00202 do not meet', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(0, { article: '00202' }), ...readyRun(1, { article: 'ijm-00202' })])
  const rows = await dashboard.sql<{ id: string }[]>`select id from article order by id`
  expect(rows.map(({ id }) => id)).toEqual(['00202', 'ijm-00202'])
  const runs = await dashboard.sql<{ article: string }[]>`select article from current_run order by article`
  expect(runs.map(({ article }) => article)).toEqual(['00202', 'ijm-00202'])
})
