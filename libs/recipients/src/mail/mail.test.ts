import { describe, expect, test } from 'vitest'
import { attempt, signal } from '../testing/attempts.ts'
import { withStandIns } from '../testing/stand-ins.ts'
import { composeMail } from './compose.ts'
import { smtp } from './smtp.ts'

const standIns = withStandIns()
let number = 0

async function given(settings: { bcc?: string; onlyTo?: string } = {}) {
  const to = `author-${++number}@example.org`
  const recipient = smtp({ host: '127.0.0.1', port: standIns().ports.smtp, idleSeconds: 2, ...settings })
  const mail = {
    from: 'A journal <features@example.org>',
    to: `Zoë Ångström <${to}>`,
    subject: 'Your article “x²” is published',
    html: '<p>Dear Zoë</p>',
    text: 'Dear Zoë',
  }
  const message = await composeMail(mail, { key: `mail/${to}`, date: new Date(Date.UTC(2026, 0, 1)) })
  return { to, mail, message, send: () => recipient.send(message, attempt(1, `mail/${to}`), signal) }
}
const arrived = (to: string) =>
  standIns()
    .mailbox.mails()
    .filter((mail) => mail.to.includes(to))

test('a mail arrives byte for byte, at the person it is for', async () => {
  const { to, message, send } = await given()
  expect(await send()).toMatchObject({ kind: 'confirmed' })
  const [mail, ...others] = arrived(to)
  expect(others).toEqual([])
  expect(mail).toMatchObject({ to: [to], subject: 'Your article “x²” is published', from: 'features@example.org' })
  expect(mail?.text.trim()).toBe('Dear Zoë')
  expect(mail?.raw.toString().trimEnd()).toBe(Buffer.from(message.bytes).toString().trimEnd())
})

test('the same key makes the same message, with a Message-ID of its own', async () => {
  const { mail, message, to } = await given()
  const date = new Date(Date.UTC(2026, 0, 1))
  expect(await composeMail(mail, { key: `mail/${to}`, date })).toEqual(message)
  const other = await composeMail(mail, { key: 'mail/other', date })
  const idOf = (composed: typeof message) => /^Message-ID: .*$/im.exec(Buffer.from(composed.bytes).toString())?.[0]
  expect(idOf(message)).toMatch(/<[0-9a-f]{40}@example\.org>/)
  expect(idOf(other)).not.toBe(idOf(message))
})

test('a copy goes to one address, which stands in no header', async () => {
  const { to, send } = await given({ bcc: 'copies@example.org' })
  await send()
  const [mail] = arrived(to)
  expect(mail?.to).toEqual([to, 'copies@example.org'])
  expect(String(mail?.raw)).not.toContain('copies@example.org')
})

test('38. outside production everything goes to one address', async () => {
  const { to, send } = await given({ onlyTo: 'staff@example.org', bcc: 'copies@example.org' })
  await send()
  expect(arrived(to)).toEqual([])
  expect(arrived('staff@example.org').at(-1)?.to).toEqual(['staff@example.org'])
})

describe('34. the server says', () => {
  test.for([
    ['later', { kind: 'later', countsAsAttempt: true, answer: expect.stringMatching(/^450/) }],
    ['later-data', { kind: 'later', answer: expect.stringMatching(/^451/) }],
    ['refuse', { kind: 'refused', answer: expect.stringMatching(/^550/) }],
    ['refuse-data', { kind: 'refused', answer: expect.stringMatching(/^554/) }],
    ['cut-early', { kind: 'later' }],
    ['cut', { kind: 'uncertain' }],
    ['stall', { kind: 'uncertain' }],
  ] as const)('%s', async ([fault, expected]) => {
    const { to, send } = await given()
    standIns().faults.add({ service: 'mail', fault, match: to })
    expect(await send()).toMatchObject(expected)
  })

  test('no to one person, and the copy is taken all the same: it is refused', async () => {
    const { to, send } = await given({ bcc: 'copies@example.org' })
    standIns().faults.add({ service: 'mail', fault: 'refuse', match: to, value: 'No such user' })
    expect(await send()).toMatchObject({ kind: 'refused', answer: expect.stringContaining('No such user') })
  })

  test('nothing: it is later', async () => {
    standIns().faults.add({ service: 'mail', fault: 'unavailable', times: 1 })
    expect(await (await given()).send()).toMatchObject({ kind: 'later' })
    const nowhere = smtp({ host: '127.0.0.1', port: 1, idleSeconds: 2 })
    expect(await nowhere.send((await given()).message, attempt(), signal)).toMatchObject({ kind: 'later' })
  })
})

test('a message to nobody, or to two, is refused before the server is asked', async () => {
  const recipient = smtp({ host: '127.0.0.1', port: standIns().ports.smtp })
  const raw = (head: string) => ({
    name: 'a.eml',
    mediaType: 'message/rfc822',
    bytes: Buffer.from(`${head}\r\n\r\nText`),
  })
  for (const head of ['From: a@example.org', 'From: a@example.org\r\nTo: b@example.org, c@example.org'])
    expect(await recipient.send(raw(head), attempt(), signal)).toMatchObject({ kind: 'refused' })
})
