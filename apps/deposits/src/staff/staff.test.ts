import { startStandIns } from '@continuum/stand-ins'
import { smtp } from '@continuum/recipients'
import { createLogger } from '@continuum/service'
import { expect, onTestFinished, test } from 'vitest'
import { startLocalWorld } from '../testing/local-recipients.ts'
import { fileRecipient, scripted } from '../testing/recipients.ts'
import { startWorld } from '../testing/world.ts'
import { planDigest } from './digest.ts'
import { replanInterrupted, sendNotices } from './send-notices.ts'

const staff = { address: 'staff@example.org', from: 'continuum@example.org', smtp: { host: '127.0.0.1', port: 25 } }

/** A world in which a deposit was refused and a recipient is down, with a mailbox. */
async function startTrouble() {
  const { connect } = scripted({
    send: ({ recipient }) =>
      recipient === 'ovid'
        ? { kind: 'refused', answer: 'no <such> folder' }
        : { kind: 'later', answer: 'connection refused', countsAsAttempt: true },
  })
  const recipients = [fileRecipient('ovid'), fileRecipient('gooa')]
  const world = await startWorld({ recipients, connect })
  const standIns = await startStandIns({ now: () => world.clock.now() })
  onTestFinished(() => standIns.close())
  const recipient = smtp({ host: '127.0.0.1', port: standIns.ports.smtp })
  const logger = createLogger({ service: 'deposits', level: 'silent' })
  const send = () => sendNotices({ sql: world.sql, recipient, logger }, staff, new AbortController().signal)
  return { world, standIns, recipients, send }
}

test('staff get one message when a recipient begins to fail, not one an article', async () => {
  const { world, standIns, send } = await startTrouble()
  await world.publish({ articleId: '00353' })
  await world.publish({ articleId: '00790' })
  await world.pass(2)
  await send()
  await send()
  expect(standIns.mailbox.mails().map(({ to, subject }) => [to.join(), subject])).toEqual([
    ['staff@example.org', 'gooa cannot be reached'],
  ])
})

test('the digest has what needs a person, once a day, and there is none where nothing does', async () => {
  const { world, standIns, recipients, send } = await startTrouble()
  await world.sql`truncate notice`
  await planDigest(world.sql, recipients, undefined, world.now())
  expect(await world.sql`select 1 from notice`).toEqual([])
  await world.publish({ articleId: '00353' })
  await world.settled()
  await world.sql`truncate notice`
  const morning = Temporal.Instant.from('2026-12-01T09:05:00Z')
  await planDigest(world.sql, recipients, undefined, morning)
  await planDigest(world.sql, recipients, undefined, morning.add({ hours: 3 }))
  await send()
  const [mail, ...others] = standIns.mailbox.mails()
  expect(others).toEqual([])
  expect(mail?.subject).toBe('1 deposit needs a person')
  await planDigest(world.sql, recipients, undefined, morning.add({ hours: 24 }))
  expect(await world.sql`select 1 from notice`).toHaveLength(2)
})

test('a mail server that is down is tried again; nobody is told twice', async () => {
  const { world, standIns, send } = await startTrouble()
  await world.publish({ articleId: '00353' })
  await world.settled()
  standIns.faults.add({ service: 'mail', fault: 'later', times: 1 })
  await send()
  expect(standIns.mailbox.mails()).toEqual([])
  await send()
  await send()
  expect(standIns.mailbox.mails()).toHaveLength(1)
})

test('26. Given GoOA is down for three days, its deposits wait, nobody else is held up, staff get one mail, and each goes out once when it is back', async () => {
  const world = await startLocalWorld(({ file, over }) => [over('ftp', file('gooa')), file('ovid')])
  const mails = smtp({ host: '127.0.0.1', port: world.standIns.ports.smtp })
  const logger = createLogger({ service: 'deposits', level: 'silent' })
  const tellStaff = () => sendNotices({ sql: world.sql, recipient: mails, logger }, staff, new AbortController().signal)
  const states = async (recipient: string) =>
    (await world.deposits(`?recipient=${recipient}`)).map(({ state }) => state)
  world.standIns.faults.add({ service: 'ftp', fault: 'unavailable' })
  await world.publish({ articleId: '00353' })
  await world.publish({ articleId: '00790' })
  for (let day = 1; day <= 3; day++) {
    await world.pass(24)
    await tellStaff()
  }
  expect([await states('gooa'), await states('ovid')]).toEqual([
    ['waiting', 'waiting'],
    ['confirmed', 'confirmed'],
  ])
  expect(world.standIns.mailbox.mails().map(({ subject }) => subject)).toEqual(['gooa cannot be reached'])
  world.standIns.faults.clear()
  await world.pass(2)
  expect(await states('gooa')).toEqual(['confirmed', 'confirmed'])
  expect((await world.standIns.ftp.files()).map(({ path }) => path).toSorted()).toEqual([
    '/gooa/elife-00353.zip',
    '/gooa/elife-00790.zip',
  ])
  const [sent] = await world.sql`
    select count(*)::int as times from attempt join deposit on deposit.id = attempt.deposit where recipient = 'gooa' and outcome = 'confirmed'`
  expect(sent).toEqual({ times: 2 })
  await tellStaff()
  expect(world.standIns.mailbox.mails()).toHaveLength(1)
}, 90_000)

test('a message that was being sent when the process was killed goes out after the next start', async () => {
  const { world, standIns, send } = await startTrouble()
  await world.publish({ articleId: '00353' })
  await world.settled()
  await world.sql`update notice set state = 'sending'`
  await send()
  expect(standIns.mailbox.mails()).toEqual([])
  await replanInterrupted(world.sql)
  await send()
  expect(standIns.mailbox.mails()).toHaveLength(1)
})
