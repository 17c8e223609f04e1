import { checkReplies } from '@continuum/service/testing'
import { expect, test } from 'vitest'
import { crossref, fileRecipient, pmc, pubmed, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'

checkReplies()

/** Acceptance scenarios by their numbers: what is sent, when, and what becomes of it. The recipients answer as each test says. */

test('1. A deposit is sent until Crossref answers after ten minutes, and confirmed after', async () => {
  const asked: string[] = []
  const { connect } = scripted({
    ask: () => {
      asked.push(world.now().toString())
      return asked.length < 3 ? { kind: 'pending', answer: 'queued' } : { kind: 'confirmed', answer: 'Success' }
    },
  })
  const world = await startWorld({ recipients: [crossref], connect })
  await world.publish({ articleId: '00353' })
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'sent', since: '2026-11-30T12:00:00.000Z', answer: 'taken' }])
  await world.pass(1)
  const [confirmed] = await world.deposits()
  expect(confirmed).toMatchObject({ state: 'confirmed', since: '2026-11-30T12:08:00.000Z', answer: 'Success' })
  expect(asked).toEqual(['2026-11-30T12:01:00Z', '2026-11-30T12:03:00Z', '2026-11-30T12:08:00Z'])
})

test('5. Given no answer for 48 hours, a deposit is unanswered, staff are told once, and it can be sent again', async () => {
  const forgetful = { yes: true }
  const { connect, received } = scripted({
    ask: () =>
      forgetful.yes
        ? { kind: 'pending', unknown: true, answer: 'unknown_submission' }
        : { kind: 'confirmed', answer: 'Success' },
  })
  const world = await startWorld({ recipients: [crossref], connect })
  const [planned] = await world.publish({ articleId: '00353' })
  await world.pass(47)
  expect(await world.deposits()).toMatchObject([{ state: 'sent', needsPerson: false }])
  await world.pass(2)
  expect(await world.deposits()).toMatchObject([{ state: 'unanswered', needsPerson: true }])
  expect(await world.sql`select subject from notice`).toEqual([{ subject: 'Crossref has not answered: 00353 v1' }])
  forgetful.yes = false
  await world.call('POST', '/deposits/act', { ids: [planned?.id], act: 'again', by: 'Ada' })
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  const stamps = received.map(({ name }) => name.match(/\d{17}/)?.[0])
  expect(new Set(stamps).size).toBe(2)
  const details = (await world.call('GET', `/deposits/${planned?.id}`)).json()
  expect(details.actions).toMatchObject([{ by: 'Ada', act: 'again' }])
})

test('7. Given version 2 is confirmed while version 1 waits, version 1 is superseded and never sent', async () => {
  const { connect, received } = scripted({
    send: ({ name }) =>
      name.includes('-first-')
        ? { kind: 'later', answer: '503', afterSeconds: 3_600, countsAsAttempt: true }
        : { kind: 'sent', answer: 'taken' },
  })
  const first = { yes: true }
  const world = await startWorld({
    recipients: [crossref],
    connect: (recipient) => {
      const connected = connect(recipient)
      return {
        ...connected,
        send: (document, context, signal) =>
          connected.send(
            { ...document, name: first.yes ? `x-first-${document.name}` : document.name },
            context,
            signal,
          ),
      }
    },
  })
  await world.publish({ articleId: '00353', version: 1 })
  await world.settled()
  first.yes = false
  await world.publish({ articleId: '00353', version: 2 })
  await world.pass(2)
  expect(await world.deposits()).toMatchObject([
    { version: 2, state: 'confirmed' },
    { version: 1, state: 'superseded', answer: 'Version 2 was confirmed before this one was sent.' },
  ])
  expect(received).toHaveLength(2)
})

test('8, 9. Timestamps of one DOI rise, in the same millisecond and when the clock is set back', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [crossref], connect })
  await world.publish({ articleId: '00353', version: 1 })
  await world.publish({ articleId: '00353', version: 2 })
  world.shiftClock(-3_600_000)
  await world.publish({ articleId: '00353', version: 3 })
  const stamps = await world.sql<{ stamp: string }[]>`select stamp::text from deposit order by version`
  expect(stamps.map(({ stamp }) => stamp)).toEqual(['20261130120000000', '20261130120000001', '20261130120000002'])
})

test('12. Given a day of publication that has not come, a record waits for it, is no fault, and goes out then', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [crossref, fileRecipient('ovid')], connect })
  await world.publish({ articleId: '00353', published: '2026-12-01T09:00:00Z' })
  await world.pass(1)
  const before = await world.deposits('?recipient=crossref')
  expect(before).toMatchObject([
    { state: 'waiting', needsPerson: false, waitsFor: 'Waits for the day of publication: 2026-12-01T09:00:00Z' },
  ])
  expect(await world.deposits('?recipient=ovid')).toMatchObject([{ state: 'confirmed' }])
  await world.pass(21)
  expect(await world.deposits('?recipient=crossref')).toMatchObject([{ state: 'confirmed' }])
})

test('a file recipient gets its files at its hour; an hour that passed while nothing ran is taken once', async () => {
  const { connect, received } = scripted({})
  const nightly = fileRecipient('ovid', { schedule: { cron: '15 22 * * *', zone: 'Europe/London' } })
  const world = await startWorld({ recipients: [nightly], connect })
  await world.publish({ articleId: '00353' })
  await world.pass(10)
  expect(received).toHaveLength(0)
  expect(await world.deposits()).toMatchObject([{ state: 'waiting', nextTry: '2026-11-30T22:15:00.000Z' }])
  await world.pass(24)
  expect(received).toHaveLength(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed', since: '2026-11-30T22:15:00.000Z' }])
})

test('29. Given a paused recipient, its deposits tell why they wait, who paused it and since when; resumed, they go out', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [fileRecipient('ovid')], connect })
  await world.call('PUT', '/recipients/ovid/pause', { by: 'Ada', why: 'they move their server' })
  await world.publish({ articleId: '00353' })
  await world.pass(2)
  expect(await world.deposits()).toMatchObject([
    { state: 'waiting', waitsFor: 'Paused by Ada since 2026-11-30T12:00:00.000Z: they move their server' },
  ])
  await world.call('POST', '/recipients/ovid/resume', { by: 'Grace' })
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  expect(await world.sql`select by, act, why from action order by sequence`).toEqual([
    { by: 'Ada', act: 'pause', why: 'they move their server' },
    { by: 'Grace', act: 'resume', why: null },
  ])
})

test('39. Given many articles at once, Crossref sees at most the allowed number at a time, and all are confirmed', async () => {
  const now = { sending: 0, most: 0 }
  const { connect } = scripted({
    send: async () => {
      now.sending += 1
      now.most = Math.max(now.most, now.sending)
      await new Promise((resolve) => setTimeout(resolve, 5))
      now.sending -= 1
      return { kind: 'sent', answer: 'taken' }
    },
  })
  const world = await startWorld({ recipients: [{ ...crossref, concurrency: 3 }], connect })
  for (let number = 1; number <= 30; number++) await world.publish({ articleId: String(number).padStart(5, '0') })
  await world.pass(2)
  const states = (await world.deposits('?limit=100')).map(({ state }) => state)
  expect(states).toEqual(Array(30).fill('confirmed'))
  expect(now.most).toBeLessThanOrEqual(3)
}, 90_000)

test('40. What was not delivered is one list, by recipient with age, attempts, last words and next try, and can be acted on at once', async () => {
  const { connect } = scripted({
    send: ({ recipient }) =>
      recipient === 'ovid'
        ? { kind: 'refused', answer: 'no such folder' }
        : { kind: 'later', answer: 'connection refused', countsAsAttempt: true },
  })
  const world = await startWorld({ recipients: [fileRecipient('ovid'), fileRecipient('gooa')], connect })
  await world.publish({ articleId: '00353' })
  await world.publish({ articleId: '00790' })
  await world.settled()
  const open = await world.deposits('?open=true')
  expect(open).toHaveLength(4)
  expect(open.filter(({ recipient }) => recipient === 'gooa')).toMatchObject(
    Array.from({ length: 2 }, () => ({
      state: 'waiting',
      attempts: 1,
      answer: 'connection refused',
      nextTry: '2026-11-30T12:01:00.000Z',
    })),
  )
  const ids = open.map(({ id }) => id)
  const without = await world.call('POST', '/deposits/act', { ids, act: 'done', by: 'Ada' })
  expect(without.statusCode).toBe(400)
  await world.call('POST', '/deposits/act', { ids, act: 'done', by: 'Ada', why: 'put there by hand' })
  expect(await world.deposits('?open=true')).toEqual([])
  expect(await world.deposits('?recipient=ovid&article=00353')).toMatchObject([
    { state: 'confirmed', answer: 'Marked as done by Ada: put there by hand' },
  ])
})

test('a transfer to PubMed and PMC is not a confirmation: a person confirms, or PubMed is unanswered after three days', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [pubmed, pmc], connect })
  await world.publish({ articleId: '00353' })
  await world.pass(71)
  expect(await world.deposits()).toMatchObject([
    { recipient: 'pmc', state: 'sent', byHand: true },
    { recipient: 'pubmed', state: 'sent', byHand: true },
  ])
  await world.pass(2)
  expect((await world.deposits()).map(({ state }) => state)).toEqual(['sent', 'unanswered'])
})

test('a version that was late never takes the place of a newer one at a file recipient; names with a version keep both', async () => {
  const late = { first: true }
  const { connect, received } = scripted({
    send: () => {
      if (!late.first) return { kind: 'confirmed', answer: 'there' }
      return { kind: 'later', answer: 'connection refused', afterSeconds: 600, countsAsAttempt: true }
    },
  })
  const scilit = fileRecipient('scilit', { fileName: '{prefix}-{id}-v{version}.xml' })
  const world = await startWorld({ recipients: [fileRecipient('ovid'), pmc, scilit], connect })
  await world.publish({ articleId: '00353', version: 1 })
  await world.settled()
  late.first = false
  received.length = 0
  await world.publish({ articleId: '00353', version: 2 })
  await world.pass(1)
  const states = (await world.deposits()).map(({ recipient, version, state }) => `${recipient} v${version} ${state}`)
  expect(states.toSorted()).toEqual([
    'ovid v1 superseded',
    'ovid v2 confirmed',
    'pmc v1 superseded',
    'pmc v2 sent',
    'scilit v1 confirmed',
    'scilit v2 confirmed',
  ])
  expect(received.filter(({ recipient }) => recipient !== 'scilit')).toHaveLength(2)
})

test('two versions of an article are never on the way to a file recipient at the same time', async () => {
  const under = { way: 0, most: 0 }
  const { connect } = scripted({
    send: async () => {
      under.most = Math.max(under.most, ++under.way)
      await new Promise((resolve) => setTimeout(resolve, 20))
      under.way -= 1
      return { kind: 'confirmed', answer: 'there' }
    },
  })
  const nightly = { cron: '15 22 * * *', zone: 'UTC' }
  const world = await startWorld({
    recipients: [fileRecipient('ovid', { schedule: nightly, concurrency: 5 })],
    connect,
  })
  for (const version of [1, 2, 3]) await world.publish({ articleId: '00353', version })
  await world.pass(12)
  expect(under.most).toBe(1)
  const states = (await world.deposits()).map(({ version, state }) => `v${version} ${state}`)
  expect(states[0]).toBe('v3 confirmed')
  for (const state of states.slice(1)) expect(state).toMatch(/confirmed|superseded/)
})
