import { expect, test } from 'vitest'
import { startDashboard } from './dashboard.fixture.ts'

test('18.7: while the database is down, pages and API answer 503 with Retry-After', async () => {
  await using dashboard = await startDashboard()
  await dashboard.sql.end()
  for (const path of ['/current', '/api/current']) {
    const reply = await dashboard.get(path)
    expect([path, reply.statusCode, reply.headers['retry-after']]).toEqual([path, 503, '5'])
    expect(reply.body).toContain('database is unavailable')
  }
})
