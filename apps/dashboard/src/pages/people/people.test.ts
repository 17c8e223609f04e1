import { expect, test } from 'vitest'
import { startDashboard } from '../../web/dashboard.fixture.ts'

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const unescape = (text: string) =>
  text.replaceAll(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
const linkOf = (body: string) =>
  unescape(/<code>(?:[^<]*?)(&#x2F;sign-in[^<]*|\/sign-in[^<]*)<\/code>/.exec(body)?.[1] ?? '')

test('an administrator invites somebody by a link, who then has the role that they were given', async () => {
  await using dashboard = await startDashboard()
  const root = await dashboard.signIn('root', 'administrator')
  const invited = await root.submit('/people/add', [
    ['name', 'ada'],
    ['fullName', 'Ada <Lovelace>'],
    ['email', 'ada@example.org'],
    ['role', 'publisher'],
  ])
  expect(invited.statusCode).toBe(200)
  const link = linkOf(invited.body)
  const opened = await dashboard.get(link, {})
  expect(opened.statusCode).toBe(303)
  expect((await dashboard.get(link, {})).statusCode).toBe(401)
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  expect((await dashboard.get('/publish', { cookie })).statusCode).toBe(200)
  expect((await dashboard.get('/people', { cookie })).statusCode).toBe(403)
  expect(textOf((await root.get('/people')).body)).toContain(
    'ada Ada &lt;Lovelace&gt; publisher ada@example.org added by root',
  )
})

test('a name or an address is for one account', async () => {
  await using dashboard = await startDashboard()
  const root = await dashboard.signIn('root')
  const add = async (name: string, email: string) =>
    (
      await root.submit('/people/add', [
        ['name', name],
        ['email', email],
        ['role', 'reader'],
      ])
    ).statusCode
  expect(await add('ada', 'ada@example.org')).toBe(200)
  expect(await add('ada', 'other@example.org')).toBe(400)
  expect(await add('grace', 'ADA@example.org')).toBe(400)
  expect(await add('a b', '')).toBe(400)
  const change = [
    ['name', 'root'],
    ['email', 'Ada@example.org'],
    ['role', 'administrator'],
  ] satisfies [string, string][]
  expect((await root.submit('/people/change', change)).body).toContain('Another account has this address')
})

test('a role is changed, an account is disabled and enabled again, and the log says so', async () => {
  await using dashboard = await startDashboard()
  const root = await dashboard.signIn('root')
  const ada = await dashboard.signIn('ada', 'reader')
  const change = (...more: [string, string][]) => root.submit('/people/change', [['name', 'ada'], ...more])
  await change(['role', 'publisher'])
  expect((await ada.get('/publish')).statusCode).toBe(200)
  await change(['role', 'publisher'], ['disabled', 'true'])
  expect((await ada.get('/current')).statusCode).toBe(303)
  expect((await root.submit('/people/link', [['name', 'ada']])).statusCode).toBe(400)
  await change(['role', 'publisher'])
  expect((await ada.get('/current')).statusCode).toBe(200)
  const log =
    await dashboard.sql`select actor, subject, detail from activity where action = 'change account' order by id`
  expect(log.map(({ actor, subject, detail }) => [actor, subject, detail])).toEqual([
    ['root', 'ada', 'role: publisher, before reader'],
    ['root', 'ada', 'disabled: true, before none'],
    ['root', 'ada', 'disabled: none, before true'],
  ])
})

test('the last administrator stays one', async () => {
  await using dashboard = await startDashboard()
  const root = await dashboard.signIn('root')
  for (const more of [
    ['role', 'operator'],
    ['disabled', 'true'],
  ] satisfies [string, string][]) {
    const form = [['name', 'root'], ['role', 'administrator'], more] satisfies [string, string][]
    const answer = await root.submit(
      '/people/change',
      form.filter(([key], place) => form.findLastIndex(([other]) => other === key) === place),
    )
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining('Nobody would be left')])
  }
  await dashboard.signIn('other', 'administrator')
  expect(
    (
      await root.submit('/people/change', [
        ['name', 'root'],
        ['role', 'reader'],
      ])
    ).statusCode,
  ).toBe(303)
  expect((await root.get('/people')).statusCode).toBe(403)
})

test('everybody sees and ends their own sessions, an administrator those of all', async () => {
  await using dashboard = await startDashboard()
  const root = await dashboard.signIn('root', 'administrator')
  const [ada, adaAtHome, grace] = [
    await dashboard.signIn('ada', 'reader'),
    await dashboard.signIn('ada'),
    await dashboard.signIn('grace', 'reader'),
  ]
  const idsOf = (body: string) => [...body.matchAll(/id="session-([^"]+)"/g)].map(([, id = '']) => id)
  const own = (await ada.get('/sessions')).body
  expect(idsOf(own)).toHaveLength(2)
  expect(own.match(/this one/g)).toHaveLength(1)
  expect(idsOf((await root.get('/sessions')).body)).toHaveLength(4)

  const [graces = ''] = idsOf((await grace.get('/sessions')).body)
  await ada.submit('/sessions/end', [['id', graces]])
  expect((await grace.get('/current')).statusCode).toBe(200)
  await root.submit('/sessions/end', [['id', graces]])
  expect((await grace.get('/current')).statusCode).toBe(303)

  for (const id of idsOf((await adaAtHome.get('/sessions')).body)) await ada.submit('/sessions/end', [['id', id]])
  expect((await ada.get('/current')).statusCode).toBe(303)
  expect(await dashboard.sql`select from activity where action = 'end session'`).not.toHaveLength(0)
})
