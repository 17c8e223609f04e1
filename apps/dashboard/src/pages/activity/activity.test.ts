import { parse } from 'node:querystring'
import { expect, test } from 'vitest'
import { readyRun } from '../../derive/history/messages.fixture.ts'
import { recordMessage } from '../../consume/record-message.ts'
import { recordActivity } from '../../store/activity.ts'
import { machine, signInLink, startDashboard } from '../../web/dashboard.fixture.ts'

type Dashboard = Awaited<ReturnType<typeof startDashboard>>

/** The entries of the log as its JSON file has them, oldest first, in short. */
async function logOf({ get }: Dashboard, query = ''): Promise<string[]> {
  const file: Record<string, string | number | null>[] = (await get(`/activity.json?${query}`)).json()
  return file
    .toReversed()
    .map(({ actor, action, article, version, subject, detail, why, result }) =>
      [actor, action, article, version, subject, detail, why, result]
        .filter((part) => part !== null && part !== '')
        .join(' | '),
    )
}

/** The log without sign-ins. */
const actsOf = async (dashboard: Dashboard) => (await logOf(dashboard)).filter((line) => !line.includes('| sign in'))

test('the log has what each person did to articles, with the reason, and what was refused', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '04970' })])
  const graham = await dashboard.signIn('graham', 'publisher')
  const ada = await dashboard.signIn('ada', 'editor')
  await graham.submit('/schedule', [
    ['article', '00353'],
    ['due', '2030-07-01T12:00'],
    ['zone', 'UTC'],
  ])
  await graham.submit('/schedule', [
    ['article', '00353'],
    ['due', '2030-07-02T12:00'],
    ['zone', 'UTC'],
    ['ready', '00353/1/a'],
  ])
  await graham.submit('/schedule/cancel', [
    ['article', '00353'],
    ['why', 'the press office asks'],
  ])
  await graham.submit('/schedule/cancel', [['article', '00353']])
  await ada.submit('/set-aside', [
    ['article', '04970/1/a'],
    ['why', 'the authors wait'],
  ])
  await graham.submit('/publish', [
    ['article', '00353/1/a'],
    ['why', 'embargo is over'],
  ])
  await graham.submit('/publish', [['article', '00353/1/a']])
  expect(await actsOf(dashboard)).toEqual([
    'graham | schedule | 00353 | for 2030-07-01 12:00 UTC | done',
    'graham | change schedule | 00353 | 1 | for 2030-07-02 12:00 UTC, before for 2030-07-01 12:00 UTC | done',
    'graham | cancel schedule | 00353 | 1 | it was for 2030-07-02 12:00 UTC | the press office asks | done',
    'ada | dismiss | 04970 | 1 | the authors wait | done',
    'graham | publish | 00353 | 1 | embargo is over | done',
    'graham | publish | 00353 | 1 | refused',
  ])
})

test('machines and the command line are in the log under their names', async () => {
  await using dashboard = await startDashboard()
  const ada = { ...machine, 'x-continuum-user': 'ada' }
  const schedule = { article: { 'article-identifier': '00353', scheduled: '1900000000', why: 'asked by mail' } }
  await dashboard.post('/api/schedule_article_publication', schedule, ada)
  await dashboard.post('/api/schedule_article_publication', {
    article: { 'article-identifier': '00353', scheduled: false },
  })
  await dashboard.post('/api/activity', { action: 'retract', article: '00353', why: 'retracted' }, ada)
  expect(await actsOf(dashboard)).toEqual([
    'ada (command line) | schedule | 00353 | for 2030-03-17 17:46 UTC | asked by mail | done',
    'machine | cancel schedule | 00353 | it was for 2030-03-17 17:46 UTC | done',
    'ada (command line) | retract | 00353 | retracted | done',
  ])
})

test('at the command line somebody with an account has its role, and nobody has more than an operator', async () => {
  await using dashboard = await startDashboard()
  await dashboard.signIn('ada', 'editor')
  await dashboard.signIn('grace', 'administrator')
  const as = async (user: string, path: string) => {
    const headers = { ...machine, 'x-continuum-user': user }
    return (await dashboard.post(path, {}, headers)).statusCode
  }
  expect(await as('ada', '/api/queue_article_publication')).toBe(403)
  expect(await as('ada', '/api/article_publication_status')).toBe(200)
  expect(await as('grace', '/api/queue_article_publication')).toBe(200)
  expect(await as('root', '/api/queue_article_publication')).toBe(200)
  await dashboard.sql`update account set disabled_at = now()`
  expect(await as('grace', '/api/article_publication_status')).toBe(401)
})

test('signing in and out is in the log, with whoever made the link', async () => {
  await using dashboard = await startDashboard()
  const ada = await dashboard.signIn('ada')
  await dashboard.get(signInLink('ada', { by: 'root' }), {})
  await dashboard.get(signInLink('nobody'), {})
  await ada.submit('/sign-out', [])
  expect(await logOf(dashboard)).toEqual([
    'ada | sign in | by a one-time link | done',
    'ada | sign in | by a one-time link that root made | done',
    'ada | sign out | done',
  ])
})

test('a dismissed delivery is one entry with the number of its kind', async () => {
  await using dashboard = await startDashboard()
  for (const id of ['u1', 'u2', 'u3']) {
    const delivery = {
      message_type: 'unidentified-delivery',
      source: 'q',
      reason: 'no zip',
      raw: '',
      message_id: id,
    } as const
    await recordMessage(dashboard.sql, delivery, 1, '')
  }
  const ada = await dashboard.signIn('ada', 'editor')
  for (let time = 0; time < 2; time++) await ada.submit('/unidentified/dismiss', [['message_id', 'u3']])
  expect(await actsOf(dashboard)).toEqual(['ada | dismiss delivery | u3 | and 2 more of its kind | done'])
})

test('the log is searched by words, user, action, article and days', async () => {
  await using dashboard = await startDashboard()
  const act = (by: string, article: string, why: string) =>
    recordActivity(dashboard.sql, { by, action: 'withdraw', article, why })
  await act('ada', '00353', '100% wrong')
  await act('grace', '04970', 'asked for')
  await dashboard.sql`update activity set at = '2026-03-01T23:59:59Z' where actor = 'ada'`
  const articles = async (query: string) => (await logOf(dashboard, query)).map((line) => line.split(' | ')[2])
  expect(await articles('q=WRONG+00353')).toEqual(['00353'])
  expect(await articles('q=0%25')).toEqual(['00353'])
  expect(await articles('user=grace')).toEqual(['04970'])
  expect(await articles('action=publish')).toEqual([])
  expect(await articles('article=04970&user=&action=&from=&to=')).toEqual(['04970'])
  expect(await articles('from=2026-03-01&to=2026-03-01')).toEqual(['00353'])
  expect(await articles('from=2026-03-02')).toEqual(['04970'])
  expect((await dashboard.get('/activity?from=2026-02-30')).statusCode).toBe(400)
})

test('the page shows two hundred entries and leads to the older ones; the files have all of them', async () => {
  await using dashboard = await startDashboard()
  await dashboard.sql`
    insert into activity (actor, action, article, at)
    select 'ada', 'withdraw', number::text, '2026-01-01'::timestamptz from generate_series(1, 1201) as number`
  const page = (await dashboard.get('/activity?user=ada')).body
  const rowsOf = (body: string) => body.match(/<tr>/g)?.length
  expect(rowsOf(page)).toBe(201)
  let [next, seen] = [page, 200]
  for (;;) {
    const link = /id="older"><a class="button" href="([^"]+)"/
      .exec(next)?.[1]
      ?.replaceAll('&amp;', '&')
      .replaceAll(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    if (link === undefined) break
    expect(parse(link.split('?')[1] ?? '')).toMatchObject({ user: 'ada' })
    next = (await dashboard.get(link)).body
    seen += (rowsOf(next) ?? 0) - 1
  }
  expect(seen).toBe(1201)
  expect(await logOf(dashboard)).toHaveLength(1201)
  expect((await dashboard.get('/activity.csv')).body.trim().split('\r\n')).toHaveLength(1202)
})

test('a spreadsheet does not take a reason for a formula', async () => {
  await using dashboard = await startDashboard()
  await recordActivity(dashboard.sql, { by: 'ada', action: 'withdraw', article: '00353', why: '=HYPERLINK("x")' })
  const file = await dashboard.get('/activity.csv')
  expect(file.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="activity.csv"',
  })
  expect(file.body).toContain(`"'=HYPERLINK(""x"")"`)
  expect((await dashboard.get('/activity.json?user=nobody')).json()).toEqual([])
})

test('an article shows its part of the log, beside the outcomes of its requests', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const graham = await dashboard.signIn('graham')
  const scheduled = await graham.submit('/schedule', [
    ['article', '00353'],
    ['due', '2030-07-01T12:00'],
    ['zone', 'UTC'],
  ])
  expect([scheduled.statusCode, scheduled.body]).toEqual([303, ''])
  const text = (await graham.get('/article/00353/1/a')).body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toContain('graham Schedule for 2030-07-01 12:00 UTC done')
})
