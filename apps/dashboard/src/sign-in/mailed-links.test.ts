import { startStandIns, type StandIns } from '@continuum/stand-ins'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addAccount } from '../store/accounts.ts'
import { startDashboard } from '../web/dashboard.fixture.ts'

let standIns: StandIns
beforeAll(async () => {
  standIns = await startStandIns()
})
beforeEach(() => standIns.faults.clear())
afterAll(() => standIns.close())

const from = 'continuum@example.org'
const startWithMail = (more: object = {}) =>
  startDashboard({ MAIL: { from, smtp: { host: '127.0.0.1', port: standIns.ports.smtp }, ...more } })
type Dashboard = Awaited<ReturnType<typeof startDashboard>>
const mailsTo = (address: string) => standIns.mailbox.mails().filter(({ to }) => to.includes(address))
const linkIn = (text: string) => /https?:\/\/[^/\s]+(\/sign-in\?token=\S+)/.exec(text)?.[1] ?? 'no link'

const ask = ({ post }: Dashboard, email: string) =>
  post('/sign-in/mail', new URLSearchParams({ email }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })

test('whoever has an account is mailed a link on the sign-in page, which signs in once', async () => {
  await using dashboard = await startWithMail()
  await addAccount(dashboard.sql, {
    name: 'ada',
    fullName: '',
    email: 'ada@one.example',
    role: 'editor',
    addedBy: 'test',
  })
  expect((await dashboard.get('/sign-in', {})).body).toContain('Mail me a link')
  expect((await ask(dashboard, 'ADA@one.example')).statusCode).toBe(200)
  await expect.poll(() => mailsTo('ada@one.example')).toHaveLength(1)
  const [mail] = mailsTo('ada@one.example')
  expect(mail).toMatchObject({ from, subject: 'Your link to sign in' })
  const link = linkIn(mail?.text ?? '')
  expect((await dashboard.get(link, {})).headers['location']).toBe('/current')
  expect((await dashboard.get(link, {})).statusCode).toBe(401)
})

test('the answer is the same, whether or not there is an account', async () => {
  await using dashboard = await startWithMail()
  const { sql } = dashboard
  await addAccount(sql, { name: 'ada', fullName: '', email: 'ada@two.example', role: 'editor', addedBy: 'test' })
  await addAccount(sql, { name: 'eve', fullName: '', email: 'eve@two.example', role: 'editor', addedBy: 'test' })
  await sql`update account set disabled_at = now() where name = 'eve'`
  const answers = []
  for (const name of ['nobody', 'eve', 'ada']) {
    const { statusCode, body } = await ask(dashboard, `${name}@two.example`)
    answers.push([statusCode, body.replaceAll(`${name}@two.example`, 'ADDRESS')])
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  await expect.poll(() => mailsTo('ada@two.example')).toHaveLength(1)
  expect([...mailsTo('nobody@two.example'), ...mailsTo('eve@two.example')]).toEqual([])
})

test('an account gets three links in a quarter of an hour, an address of the network asks five times a minute', async () => {
  await using dashboard = await startWithMail()
  const { sql } = dashboard
  await addAccount(sql, { name: 'ada', fullName: '', email: 'ada@three.example', role: 'editor', addedBy: 'test' })
  const codes = []
  for (let times = 1; times <= 6; times++) {
    codes.push((await ask(dashboard, 'ada@three.example')).statusCode)
    await expect.poll(() => mailsTo('ada@three.example').length).toBe(Math.min(times, 3))
  }
  expect(codes).toEqual([200, 200, 200, 200, 200, 429])
})

test('an invitation is mailed to the address of the account, and the log says so', async () => {
  await using dashboard = await startWithMail()
  const root = await dashboard.signIn('root')
  const invited = await root.submit('/people/add', [
    ['name', 'grace'],
    ['email', 'grace@four.example'],
    ['role', 'publisher'],
  ])
  expect(invited.body).toContain('It was mailed to <b>grace@four.example</b>')
  const [mail] = mailsTo('grace@four.example')
  expect(mail?.text).toContain("root invites you to Continuum's dashboard, where you are grace.")
  expect((await dashboard.get(linkIn(mail?.text ?? ''), {})).statusCode).toBe(303)
  const log = await dashboard.sql`select actor, subject, detail from activity where action = 'mail sign-in link'`
  expect(log).toMatchObject([{ actor: 'root', subject: 'grace', detail: 'grace@four.example' }])
})

test('an invitation that the mail server refuses is shown with what it said, to be sent another way', async () => {
  await using dashboard = await startWithMail()
  standIns.faults.add({ service: 'mail', fault: 'refuse' })
  const root = await dashboard.signIn('root')
  const invited = await root.submit('/people/add', [
    ['name', 'grace'],
    ['email', 'grace@five.example'],
    ['role', 'publisher'],
  ])
  expect(invited.statusCode).toBe(200)
  expect(invited.body).toContain('The mail server did not take the mail to grace@five.example: 5')
  expect(invited.body).toContain('Send this to grace.')
})

test('outside production all goes to one address', async () => {
  await using dashboard = await startWithMail({ redirectTo: 'trials@six.example' })
  const root = await dashboard.signIn('root')
  await root.submit('/people/add', [
    ['name', 'grace'],
    ['email', 'grace@six.example'],
    ['role', 'reader'],
  ])
  expect([mailsTo('trials@six.example').length, mailsTo('grace@six.example').length]).toEqual([1, 0])
})

test('without a mail server nothing offers a mail', async () => {
  await using dashboard = await startDashboard()
  expect((await dashboard.get('/sign-in', {})).body).not.toContain('Mail me a link')
  expect((await ask(dashboard, 'ada@one.example')).statusCode).toBe(404)
})
