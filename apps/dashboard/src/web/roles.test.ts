import { expect, test } from 'vitest'
import { includesRole, roles, type Role } from '../derive/rules/roles.ts'
import { machine, startDashboard } from './dashboard.fixture.ts'

/** Every route of members with the least role that may use it, as docs/people.md has it in words. */
const table: Record<string, Role> = {
  'GET /': 'reader',
  'GET /*': 'reader',
  'GET /current': 'reader',
  'GET /archive': 'reader',
  'GET /contract': 'reader',
  'GET /today': 'reader',
  'GET /results/:batch': 'reader',
  'GET /scheduled': 'reader',
  'GET /article/:id': 'reader',
  'GET /article/:id/:version': 'reader',
  'GET /article/:id/:version/:run': 'reader',
  'GET /article/:id/:version/preview': 'reader',
  'GET /article/:id/:version/:run/changes': 'reader',
  'GET /article/:id/:version/:run/image': 'reader',
  'GET /article/:id/public-image': 'reader',
  'GET /publications/:batch': 'reader',
  'GET /deposits': 'reader',
  'GET /executions': 'reader',
  'GET /executions/steps': 'reader',
  'GET /execution': 'reader',
  'GET /deposits/:id': 'reader',
  'GET /deposits/:id/document': 'reader',
  'GET /changes': 'reader',
  'GET /api/current': 'reader',
  'GET /api/article/:id': 'reader',
  'GET /api/feed': 'reader',
  'GET /api/article_schedule_for_range/from/:from/to/:to/': 'reader',
  'POST /api/article_publication_status': 'reader',
  'POST /api/article_scheduled_status': 'reader',
  'POST /sign-out': 'reader',
  'GET /activity': 'reader',
  'GET /activity.csv': 'reader',
  'GET /activity.json': 'reader',
  'POST /api/activity': 'operator',
  'POST /api/withdrawal': 'publisher',
  'GET /api/withdrawal/:id': 'reader',
  'GET /sessions': 'reader',
  'POST /sessions/end': 'reader',
  'GET /people': 'administrator',
  'POST /people/add': 'administrator',
  'POST /people/link': 'administrator',
  'POST /people/change': 'administrator',
  'POST /views/save': 'reader',
  'POST /views/delete': 'reader',
  'POST /run-again': 'editor',
  'POST /article/note': 'editor',
  'POST /article/assign': 'editor',
  'POST /article/typesetter': 'editor',
  'POST /set-aside': 'editor',
  'POST /bulk/dismiss': 'editor',
  'POST /bulk/restore': 'editor',
  'POST /bulk/rerun': 'editor',
  'POST /bulk/assign': 'editor',
  'POST /bulk/schedule': 'publisher',
  'POST /bulk/publish': 'publisher',
  'POST /results/:batch/undo': 'editor',
  'POST /unidentified/dismiss': 'editor',
  'GET /publish': 'publisher',
  'POST /publish': 'publisher',
  'POST /publications/:batch/take-back': 'publisher',
  'POST /article/withdraw': 'publisher',
  'POST /article/reinstate': 'publisher',
  'POST /schedule': 'publisher',
  'POST /schedule/cancel': 'publisher',
  'POST /schedule/move': 'publisher',
  'GET /schedule/change': 'publisher',
  'POST /api/queue_article_publication': 'publisher',
  'POST /api/schedule_article_publication': 'publisher',
  'GET /queues': 'reader',
  'GET /queues/:queue': 'reader',
  'GET /processes': 'reader',
  'GET /api/processes': 'reader',
  'POST /queues/redrive': 'operator',
  'POST /executions/try-now': 'operator',
  'POST /executions/terminate': 'operator',
  'POST /executions/rerun': 'operator',
  'POST /deposits/act': 'operator',
  'POST /deposits/pause': 'operator',
  'POST /deposits/resume': 'operator',
}

/** An address of a route, whose parameters are valid. */
const addressOf = (url: string) =>
  url
    .replace(':queue', 'starter')
    .replace(':from', '1')
    .replace(':to', '2')
    .replace(':version', '1')
    .replace(/:batch|(?<=^\/deposits\/):id/, '00000000-0000-4000-8000-000000000001')
    .replaceAll(/:\w+/g, 'x')
    .replace('*', 'nowhere')

test('every route of members is in the table with its role: a new one has to be added', async () => {
  await using dashboard = await startDashboard()
  const declared = dashboard.routes.filter(({ method }) => method !== 'HEAD')
  expect(Object.fromEntries(declared.map(({ method, url, role }) => [`${method} ${url}`, role]))).toEqual(table)
})

test('over HTTP, every route lets in whoever has its role or a greater one, and nobody else', async () => {
  await using dashboard = await startDashboard()
  const { app, sql } = dashboard
  const statusOf = async (method: string, url: string, headers: Record<string, string>) => {
    const form = url.startsWith('/api') ? 'application/json' : 'application/x-www-form-urlencoded'
    const reply = await app.inject({
      method: method === 'GET' ? 'GET' : 'POST',
      url: addressOf(url),
      headers: { ...headers, ...(method !== 'GET' && { 'content-type': form }) },
      ...(url.startsWith('/api') && method === 'POST' && { payload: {} }),
      // The stream of changes has no end.
      payloadAsStream: true,
    })
    reply.stream().destroy()
    return reply.headers.location === '/sign-in' && url !== '/sign-out' ? 401 : reply.statusCode
  }
  const signInAll = async () =>
    Promise.all(roles.map(async (role) => [role, await dashboard.signIn(role, role)] as const))
  const signedIn = await signInAll()
  const wrong: string[] = []
  for (const [route, needed] of Object.entries(table)) {
    const [method = '', url = ''] = route.split(' ')
    const expected = (who: string, status: number, may: boolean) => {
      if ((status !== 401 && status !== 403) !== may) wrong.push(`${route} answers ${who} ${status}`)
    }
    expected('nobody', await statusOf(method, url, {}), false)
    expected('a wrong token', await statusOf(method, url, { authorization: 'Bearer the-wrong-token-of-all' }), false)
    expected('a machine', await statusOf(method, url, machine), includesRole('operator', needed))
    for (const [role, { cookie, csrf }] of url === '/sign-out' ? await signInAll() : signedIn) {
      const may = includesRole(role, needed)
      expected(role, await statusOf(method, url, { cookie, 'x-csrf-token': csrf }), may)
      if (method === 'POST') expected(`${role} without the token`, await statusOf(method, url, { cookie }), false)
    }
  }
  expect(wrong).toEqual([])
  expect(await sql`select from account`).toHaveLength(roles.length)
})

test('a smaller role counts from the next request on', async () => {
  await using dashboard = await startDashboard()
  const graham = await dashboard.signIn('graham', 'publisher')
  expect((await graham.get('/publish')).statusCode).toBe(200)
  await dashboard.sql`update account set role = 'editor'`
  const refused = await graham.get('/publish')
  expect([refused.statusCode, refused.body]).toEqual([403, expect.stringContaining('Your role does not allow this')])
})
