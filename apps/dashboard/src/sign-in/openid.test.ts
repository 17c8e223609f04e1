import { withoutReplyChecks } from '@continuum/service/testing'
import { startStandIns, standInSecret, type FaultRule } from '@continuum/stand-ins'
import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { addAccount } from '../store/accounts.ts'
import { startDashboard, type settings } from '../web/dashboard.fixture.ts'

const standIns = await withoutReplyChecks(startStandIns)
afterAll(standIns.close)
beforeEach(() => standIns.faults.clear())

const provider = { issuer: `${standIns.url}/openid`, clientId: 'dashboard', name: 'the university' }
const secret = { OPENID_CLIENT_SECRET: standInSecret }
const start = (more: Partial<typeof settings> = {}) => startDashboard({ OPENID: provider, ...secret, ...more })
type Dashboard = Awaited<ReturnType<typeof start>>

const add = ({ sql }: Dashboard, name: string, email: string) =>
  addAccount(sql, { name, fullName: '', email, role: 'editor', addedBy: 'test' })

/** Goes to the provider and signs in there: the way back, and the cookie of the browser that went. */
async function atProvider({ get }: Dashboard, email: string): Promise<{ back: string; cookie: string }> {
  const begun = await get('/sign-in/openid', {})
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? ''
  const { search } = new URL(String(begun.headers['location']))
  const form = new URLSearchParams(search)
  form.set('email', email)
  const answer = await fetch(`${provider.issuer}/authorize`, { method: 'POST', body: form, redirect: 'manual' })
  const { pathname, search: query } = new URL(answer.headers.get('location') ?? '')
  return { back: pathname + query, cookie }
}

/** Signs in by way of the provider: `in` and the name on the page, or the reason on the page. */
async function signIn(dashboard: Dashboard, email: string): Promise<string> {
  const { back, cookie } = await atProvider(dashboard, email)
  const answer = await dashboard.get(back, { cookie })
  if (answer.statusCode !== 303) return /<section class="message">.*?<p>(.*?)<\/p>/s.exec(answer.body)?.[1] ?? ''
  const session = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  const page = await dashboard.get(String(answer.headers['location']), { cookie: session })
  return `in as ${/Sessions of <\/span>([^<]*)<\/a>/.exec(page.body)?.[1]}`
}

const fault = (rule: Omit<FaultRule, 'service'>) => standIns.faults.add({ service: 'openid', ...rule })

test('somebody whose address an account has signs in at the provider, and is in the log', async () => {
  await using dashboard = await start()
  await add(dashboard, 'ada', 'Ada@example.org')
  expect((await dashboard.get('/sign-in', {})).body).toContain('Sign in with the university')
  expect(await signIn(dashboard, 'ada@example.org')).toBe('in as ada')
  const [entry] = await dashboard.sql`select actor, action, detail from activity`
  expect(entry).toEqual({ actor: 'ada', action: 'sign in', detail: `at ${provider.issuer}` })
})

test('somebody without an account, or with a disabled one, is not signed in', async () => {
  await using dashboard = await start()
  await add(dashboard, 'grace', 'grace@example.org')
  await dashboard.sql`update account set disabled_at = now()`
  for (const email of ['nobody@example.org', 'grace@example.org'])
    expect(await signIn(dashboard, email)).toBe(`No account that can be used has the address ${email}.`)
  const rows = await dashboard.sql`select actor from activity where action = 'refused sign-in'`
  expect(rows).toHaveLength(2)
})

test('who has signed in once is known by the subject, and an address that moves to somebody else opens nothing', async () => {
  await using dashboard = await start()
  await add(dashboard, 'ada', 'ada@example.org')
  expect(await signIn(dashboard, 'ada@example.org')).toBe('in as ada')
  await dashboard.sql`update account set email = 'other@example.org'`
  expect(await signIn(dashboard, 'ada@example.org')).toBe('in as ada')
  expect(await signIn(dashboard, 'other@example.org')).toContain('No account that can be used')
})

test('an address that the provider does not vouch for opens no account, unless the settings say that it is right', async () => {
  await using dashboard = await start()
  await add(dashboard, 'ada', 'ada@example.org')
  fault({ fault: 'unverified' })
  expect(await signIn(dashboard, 'ada@example.org')).toBe('The provider does not vouch for an address of yours.')
  await using trusting = await start({ OPENID: { ...provider, trustEmail: true } })
  await add(trusting, 'ada', 'ada@example.org')
  expect(await signIn(trusting, 'ada@example.org')).toBe('in as ada')
})

test('after the provider has changed its keys its tokens are believed, within a minute at the latest', async () => {
  await using dashboard = await start()
  await add(dashboard, 'ada', 'ada@example.org')
  expect(await signIn(dashboard, 'ada@example.org')).toBe('in as ada')
  fault({ fault: 'rotate', times: 1 })
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  vi.setSystemTime(Date.now() + 61_000)
  expect(await signIn(dashboard, 'ada@example.org')).toBe('in as ada')
})

test.each(['wrong-audience', 'wrong-issuer', 'wrong-nonce', 'expired', 'unknown-key', 'wrong-state'])(
  '%s: a token or answer that is not for this attempt signs nobody in',
  async (name) => {
    await using dashboard = await start()
    await add(dashboard, 'ada', 'ada@example.org')
    fault({ fault: name })
    expect(await signIn(dashboard, 'ada@example.org')).toContain('cannot be believed')
    standIns.faults.clear()
    expect(await signIn(dashboard, 'ada@example.org')).toBe('in as ada')
  },
)

test('a way back is for one use, and for the browser that went', async () => {
  await using dashboard = await start()
  await add(dashboard, 'ada', 'ada@example.org')
  const { back, cookie } = await atProvider(dashboard, 'ada@example.org')
  const stranger = await dashboard.get(back, {})
  expect([stranger.statusCode, stranger.body]).toEqual([401, expect.stringContaining('has not begun to sign in')])
  expect((await dashboard.get(back, { cookie })).statusCode).toBe(303)
  expect((await dashboard.get(back, { cookie })).statusCode).toBe(401)
})

test('somebody who does not agree there, and a provider that is down or has another secret, are told in words', async () => {
  await using dashboard = await start()
  fault({ fault: 'unavailable', times: 1 })
  const down = await dashboard.get('/sign-in/openid', {})
  expect([down.statusCode, down.body]).toEqual([401, expect.stringContaining('You are not signed in')])
  fault({ fault: 'denied' })
  expect(await signIn(dashboard, 'ada@example.org')).toBe('The provider answered: access_denied')
  standIns.faults.clear()
  await using wrong = await start({ OPENID_CLIENT_SECRET: 'another secret' })
  expect(await signIn(wrong, 'ada@example.org')).toBe('The provider answered: invalid_client')
})

test('without a provider in the settings there is no such way', async () => {
  await using dashboard = await startDashboard()
  expect((await dashboard.get('/sign-in', {})).body).not.toContain('Sign in with')
  expect((await dashboard.get('/sign-in/openid', {})).headers['location']).toBe('/sign-in')
})
