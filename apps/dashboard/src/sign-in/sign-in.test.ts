import { createHash } from 'node:crypto'
import { signToken } from '@continuum/service'
import { sign } from '@fastify/cookie'
import { expect, test } from 'vitest'
import { settings, signInLink, startDashboard } from '../web/dashboard.fixture.ts'
import { readyRun } from '../derive/history/messages.fixture.ts'
import { addAccount } from '../store/accounts.ts'

type Dashboard = Awaited<ReturnType<typeof startDashboard>>

/** Adds the account of somebody who signs in by themselves. */
const add = ({ sql }: Dashboard, name: string) =>
  addAccount(sql, { name, fullName: '', email: null, role: 'reader', addedBy: 'test' })

test('without a session every page leads to the sign-in page, and the API answers 401', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  for (const path of ['/current', '/article/00353', '/publish', '/scheduled', '/nowhere']) {
    const page = await dashboard.get(path, {})
    expect([page.statusCode, page.headers['location'], page.body]).toEqual([303, '/sign-in', ''])
  }
  expect((await dashboard.get('/sign-in', {})).body).toContain('npm run -s continuum -- sign-in')
  for (const path of ['/api/current', '/api/feed', '/api/article/00353', '/changes']) {
    expect((await dashboard.get(path, {})).statusCode).toBe(401)
  }
  expect((await dashboard.post('/api/queue_article_publication', {}, {})).statusCode).toBe(401)
  expect((await dashboard.get('/ping', {})).body).toBe('pong')
})

test('a link signs in once', async () => {
  await using dashboard = await startDashboard()
  await add(dashboard, 'graham')
  const link = signInLink('graham')
  const first = await dashboard.get(link, {})
  expect([first.statusCode, first.headers['location']]).toEqual([303, '/current'])
  expect(first.headers['set-cookie']).toMatch(/HttpOnly.*SameSite=Lax/)
  const cookie = String(first.headers['set-cookie']).split(';')[0] ?? ''
  expect((await dashboard.get('/current', { cookie })).body).toContain('graham')

  const second = await dashboard.get(link, {})
  expect(second.statusCode).toBe(401)
  expect(second.headers['set-cookie']).toBeUndefined()
})

test('a link that is expired, forged or without a nonce does not sign in', async () => {
  await using dashboard = await startDashboard()
  await add(dashboard, 'graham')
  const links = [
    signInLink('graham', { exp: 1 }),
    `${signInLink('graham')}x`,
    signInLink('graham', { nonce: '' }),
    '/sign-in?token=x',
  ]
  for (const link of links) expect((await dashboard.get(link, {})).statusCode).toBe(401)
})

test('a preview link or a forged cookie is not a session', async () => {
  await using dashboard = await startDashboard()
  const token = new URL(signInLink('graham'), 'http://x').searchParams.get('token')
  for (const headers of [{ cookie: `continuum-session=${token}` }, { authorization: 'Bearer wrong' }]) {
    expect((await dashboard.get('/current', headers)).statusCode).toBe(303)
    expect((await dashboard.get('/api/current', headers)).statusCode).toBe(401)
  }
})

test("forms and the API change nothing without the page's CSRF token", async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const { cookie, csrf } = await dashboard.signIn('graham')
  const other = await dashboard.signIn('other')
  const body = { articles: [{ id: '00353' }] }
  for (const headers of [{ cookie }, { cookie, 'x-csrf-token': other.csrf }]) {
    expect((await dashboard.post('/api/queue_article_publication', body, headers)).statusCode).toBe(403)
  }
  const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  expect((await dashboard.post('/publish', 'article=00353/1/a', form)).statusCode).toBe(403)
  expect(dashboard.sent).toEqual([])
  await dashboard.post('/api/queue_article_publication', body, { cookie, 'x-csrf-token': csrf })
  expect(dashboard.sent).toHaveLength(1)
})

test('signing out clears the cookie and ends the session, also for copies of the cookie', async () => {
  await using dashboard = await startDashboard()
  const { submit, cookie } = await dashboard.signIn('graham')
  const other = await dashboard.signIn('graham')
  const answer = await submit('/sign-out', [])
  expect(answer.statusCode).toBe(303)
  expect(answer.headers['set-cookie']).toMatch(/continuum-session=;/)
  expect((await dashboard.get('/current', { cookie })).statusCode).toBe(303)
  expect((await dashboard.get('/api/current', { cookie })).statusCode).toBe(401)
  expect((await dashboard.get('/current', { cookie: other.cookie })).statusCode).toBe(200)
})

test('attempts to sign in are limited', async () => {
  await using dashboard = await startDashboard()
  const codes = []
  for (let count = 0; count < 25; count++) codes.push((await dashboard.get('/sign-in?token=x', {})).statusCode)
  expect([codes.at(0), codes.at(-1)]).toEqual([401, 429])
})

test('behind a load balancer attempts are counted per client address', async () => {
  await using dashboard = await startDashboard({ TRUSTED_PROXIES: ['127.0.0.1'] })
  const attempt = async (from: string) =>
    (await dashboard.get('/sign-in?token=x', { 'x-forwarded-for': from })).statusCode
  for (let count = 0; count < 20; count++) await attempt('203.0.113.7')
  expect([await attempt('203.0.113.7'), await attempt('203.0.113.8')]).toEqual([429, 401])
})

test('if people reach the dashboard over https the cookie is sent only over https', async () => {
  await using dashboard = await startDashboard({
    DASHBOARD_URL: 'https://dashboard.test',
    TRUSTED_PROXIES: ['127.0.0.1'],
  })
  await add(dashboard, 'graham')
  const answer = await dashboard.get(signInLink('graham'), { 'x-forwarded-proto': 'https' })
  expect(answer.headers['set-cookie']).toMatch(/^__Host-continuum-session=.*Secure/)
})

test('18.12: a HEAD request, as of a mail filter, does not use a link up', async () => {
  await using dashboard = await startDashboard()
  await add(dashboard, 'graham')
  const link = signInLink('graham')
  const head = await dashboard.app.inject({ method: 'HEAD', url: link })
  expect([head.statusCode, head.headers['set-cookie'], head.body]).toEqual([200, undefined, ''])
  expect((await dashboard.get(link, {})).statusCode).toBe(303)
})

test("18.12: bad tries from an editor's address lock nobody out who has a good link", async () => {
  await using dashboard = await startDashboard()
  await add(dashboard, 'graham')
  const bad = async () => (await dashboard.get('/sign-in?token=x', {})).statusCode
  for (let attempt = 0; attempt < 20; attempt++) expect(await bad()).toBe(401)
  expect(await bad()).toBe(429)
  expect((await dashboard.get(signInLink('graham'), {})).statusCode).toBe(303)
  expect(await bad()).toBe(429)
})

test('an https address behind a proxy that is not trusted is told, and uses no link up', async () => {
  await using dashboard = await startDashboard({ DASHBOARD_URL: 'https://dashboard.test' })
  await add(dashboard, 'graham')
  const link = signInLink('graham')
  const answer = await dashboard.get(link, { 'x-forwarded-proto': 'https' })
  expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([500, undefined])
  expect(answer.body).toContain('TRUSTED_PROXIES')
  expect(await dashboard.sql`select from used_sign_in`).toEqual([])
})

test('a good link of somebody without an account, or with a disabled one, signs nobody in', async () => {
  await using dashboard = await startDashboard()
  const answer = await dashboard.get(signInLink('nobody'), {})
  expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([401, undefined])
  expect(answer.body).toContain('There is no account <b>nobody</b>')
  await add(dashboard, 'graham')
  await dashboard.sql`update account set disabled_at = now() where name = 'graham'`
  expect((await dashboard.get(signInLink('graham'), {})).statusCode).toBe(401)
})

test('whoever is disabled is signed out at once', async () => {
  await using dashboard = await startDashboard()
  const graham = await dashboard.signIn('graham')
  expect((await graham.get('/current')).statusCode).toBe(200)
  await dashboard.sql`update account set disabled_at = now() where name = 'graham'`
  expect((await graham.get('/current')).statusCode).toBe(303)
})

test('an expired session is none', async () => {
  await using dashboard = await startDashboard()
  const graham = await dashboard.signIn('graham')
  await dashboard.sql`update session set expires_at = now()`
  expect((await graham.get('/current')).statusCode).toBe(303)
})

test('signing in gives the browser a new session key, so that nobody can plant one', async () => {
  await using dashboard = await startDashboard()
  const first = await dashboard.signIn('graham')
  const second = await dashboard.get(signInLink('graham'), { cookie: first.cookie })
  expect(String(second.headers['set-cookie'])).not.toContain(first.cookie)
  expect((await first.get('/current')).statusCode).toBe(303)
})

test('a session of the version before goes on once, as a session of today; one that was signed out of does not', async () => {
  await using dashboard = await startDashboard()
  await add(dashboard, 'operator')
  const exp = Math.floor(Date.now() / 1000) + 3600
  const earlier = (session: string, user = 'operator') => ({
    cookie: `continuum-session=${signToken(settings.SESSION_SECRET, { user, session, exp })}`,
  })
  await dashboard.sql`insert into ended_session (session, expires_at) values ('left', to_timestamp(${exp}))`
  expect((await dashboard.get('/current', earlier('left'))).statusCode).toBe(303)
  expect((await dashboard.get('/current', earlier('other', 'nobody'))).statusCode).toBe(303)

  const page = await dashboard.get('/current', earlier('open'))
  expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('operator')])
  const cookie = String(page.headers['set-cookie']).split(';')[0] ?? ''
  expect((await dashboard.get('/current', { cookie })).statusCode).toBe(200)
  expect((await dashboard.get('/current', earlier('open'))).statusCode).toBe(303)
})

test('while its secrets are rotated tokens, links and sessions of both are taken, and of no third', async () => {
  await using dashboard = await startDashboard({
    DASHBOARD_TOKEN: 'the-next-token-of-all',
    DASHBOARD_TOKEN_SECOND: settings.DASHBOARD_TOKEN,
    SIGN_IN_SECRET: 'the-next-secret-of-links',
    SIGN_IN_SECRET_SECOND: settings.SIGN_IN_SECRET,
    SESSION_SECRET: 'the-next-secret-of-sessions',
    SESSION_SECRET_SECOND: settings.SESSION_SECRET,
  })
  const asMachine = async (token: string) =>
    (await dashboard.get('/api/current', { authorization: `Bearer ${token}` })).statusCode
  expect(await Promise.all(['the-next-token-of-all', settings.DASHBOARD_TOKEN].map(asMachine))).toEqual([200, 200])
  expect(await asMachine('the-token-before-those')).toBe(401)

  // The fixture signs links with what is the second secret now.
  const { cookie } = await dashboard.signIn('graham')
  const [name = '', signed = ''] = decodeURIComponent(cookie).split('=')
  const key = signed.slice(0, signed.lastIndexOf('.'))
  const withSession = async (secret: string) => {
    const signer = createHash('sha256').update(`session ${secret}`).digest('hex')
    const headers = { cookie: `${name}=${encodeURIComponent(sign(key, signer))}` }
    return (await dashboard.get('/current', headers)).statusCode
  }
  expect(await Promise.all(['the-next-secret-of-sessions', settings.SESSION_SECRET].map(withSession))).toEqual([
    200, 200,
  ])
  expect(await withSession('the-secret-before-those')).toBe(303)
})
