import { expect, test } from 'vitest'
import { property, readyRun } from '../../derive/history/messages.fixture.ts'
import { schedulesOf } from '../../store/schedules.ts'
import { schedulePublication } from '../../publish/schedule-publication.ts'
import { settings, startDashboard } from '../../web/dashboard.fixture.ts'

type Dashboard = Awaited<ReturnType<typeof startDashboard>>

const textOf = (body: string) =>
  body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#x2F;', '/')
    .replaceAll(/\s+/g, ' ')
const seconds = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds / 1000
const dueOf = async ({ sql }: Dashboard, id: string) => (await schedulesOf(sql, [id]))[0]?.due
const schedule = ({ sql }: Dashboard, article: string, instant: string) =>
  schedulePublication(sql, { article, due: seconds(instant) }, { by: 'ada', previewBaseUrl: settings.PREVIEW_BASE_URL })

/** Returns the chips of a day of the calendar. */
function dayOf(body: string, day: string): string {
  return textOf(new RegExp(`<td id="day-${day}".*?</td>`, 's').exec(body)?.[0] ?? '')
}

test('a month and a week show what is scheduled and what was published, on the days of the zone', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...readyRun(),
    ...readyRun(0, { article: '22661' }),
    property(12, 'publication-status', 'published', { item_identifier: '22661' }),
  ])
  await schedule(dashboard, '00353', '2031-07-31T23:30:00Z')
  const page = async (query: string) => (await dashboard.get(`/scheduled?${query}`)).body
  const july = await page('view=month&date=2031-07-10')
  // In London it is half past midnight, on the next day.
  expect(dayOf(july, '2031-08-01')).toContain('00:30 00353 A good life')
  expect(dayOf(july, '2031-07-31')).not.toContain('00353')
  expect(dayOf(await page('view=month&date=2031-07-10&zone=UTC'), '2031-07-31')).toContain('23:30 00353')
  expect(dayOf(await page('view=week&date=2026-11-23'), '2026-11-23')).toContain(
    '12:12 22661 v1 A good life , published',
  )
  expect(dayOf(await page('view=month&date=2031-03-01'), '2031-03-30')).toContain(
    'The clocks go forward on this day, to 02:00',
  )
  expect(textOf(await page('view=list'))).toContain('1 Aug 2031, 00:30 (Europe/London, UTC+01:00)')
})

test('moving keeps the time of the day, the run, and what somebody else has changed meanwhile', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  await schedule(dashboard, '00353', '2031-03-20T09:30:00Z')
  const ada = await dashboard.signIn('ada', 'publisher')
  const move = (day: string, was: string) =>
    ada.submit('/schedule/move', [
      ['article', '00353'],
      ['day', day],
      ['was', String(seconds(was))],
      ['zone', 'Europe/London'],
      ['back', '/scheduled?view=month&date=2031-03-20'],
    ])
  const moved = await move('2031-04-02', '2031-03-20T09:30:00Z')
  expect([moved.statusCode, moved.headers['location']]).toEqual([303, '/scheduled?view=month&date=2031-03-20'])
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([
    { due: seconds('2031-04-02T08:30:00Z'), version: 1, run: 'a' },
  ])
  const late = await move('2031-05-05', '2031-03-20T09:30:00Z')
  expect([late.statusCode, textOf(late.body)]).toEqual([409, expect.stringContaining('Somebody else has moved')])
  expect(await dueOf(dashboard, '00353')).toBe(seconds('2031-04-02T08:30:00Z'))
})

test('a move to a day without that time says so, and the form keeps it', async () => {
  await using dashboard = await startDashboard()
  await schedule(dashboard, '20202', '2031-03-20T01:30:00Z')
  const ada = await dashboard.signIn('ada', 'publisher')
  const { statusCode, body } = await ada.submit('/schedule/move', [
    ['article', '20202'],
    ['day', '2031-03-30'],
    ['was', String(seconds('2031-03-20T01:30:00Z'))],
    ['zone', 'Europe/London'],
  ])
  expect(statusCode).toBe(400)
  expect(textOf(body)).toContain('01:30 does not exist on that day (30 March 2031) in Europe/London')
  expect(body).toContain('value="2031-03-30T01:30"')
  expect(await dueOf(dashboard, '20202')).toBe(seconds('2031-03-20T01:30:00Z'))
})

test('several are rescheduled and cancelled at once, each in the time zone of its journal', async () => {
  await using dashboard = await startDashboard()
  for (const id of ['00353', 'ijm-00202', '20202']) await schedule(dashboard, id, '2031-03-20T09:30:00Z')
  const ada = await dashboard.signIn('ada', 'publisher')
  const submit = (path: string, due: string, ids: string[]) =>
    ada.submit(path, [...ids.map((id): [string, string] => ['article', id]), ['due', due]])
  const twice = await submit('/schedule', '2031-10-26T01:30', ['00353', 'ijm-00202'])
  expect([twice.statusCode, textOf(twice.body)]).toEqual([
    400,
    expect.stringMatching(/comes twice .* the first, UTC\+01:00/),
  ])
  expect(await dueOf(dashboard, '00353')).toBe(seconds('2031-03-20T09:30:00Z'))
  expect((await submit('/schedule', '2031-07-01T09:30', ['00353', 'ijm-00202'])).statusCode).toBe(303)
  expect([await dueOf(dashboard, '00353'), await dueOf(dashboard, 'ijm-00202')]).toEqual([
    seconds('2031-07-01T08:30:00Z'),
    seconds('2031-07-01T09:30:00Z'),
  ])
  await submit('/schedule/cancel', '', ['00353', '20202'])
  expect((await dashboard.sql`select article from schedule`).map(({ article }) => String(article))).toEqual([
    'ijm-00202',
  ])
})

test('a schedule whose run was replaced is bound to the run that is ready when it is moved', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  await schedule(dashboard, '00353', '2031-03-20T09:30:00Z')
  await dashboard.receive(readyRun(20, { run: 'b' }))
  const ada = await dashboard.signIn('ada', 'publisher')
  await ada.submit('/schedule', [
    ['article', '00353'],
    ['due', '2031-04-02T10:00'],
  ])
  expect(await schedulesOf(dashboard.sql, ['00353'])).toMatchObject([{ run: 'b' }])
})

test('who may not publish sees the calendar and moves nothing', async () => {
  await using dashboard = await startDashboard()
  await schedule(dashboard, '00353', '2031-03-20T09:30:00Z')
  const reader = await dashboard.signIn('reader', 'reader')
  const { statusCode, body } = await reader.get('/scheduled?view=month&date=2031-03-01')
  expect(statusCode).toBe(200)
  expect(body).not.toMatch(/draggable|id="move"|schedule\/change/)
})
