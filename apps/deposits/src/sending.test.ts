import { createLogger } from '@continuum/service'
import { expect, test } from 'vitest'
import { crossref, fileRecipient, pmc, pubmed, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'
import { sweep } from './work/executions.ts'
import { deposit } from './workflows/deposit.ts'

/** Acceptance scenarios by their numbers: what is sent, when, and what becomes of it. The recipients answer as each test says. */

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

test('a recipient that gets an article once gets one version, also where the first begins to be sent while the second is planned', async () => {
  const { connect, received } = scripted({})
  const nightly = { cron: '15 22 * * *', zone: 'UTC' }
  const world = await startWorld({
    recipients: [fileRecipient('gooa', { onceOnly: true, schedule: nightly })],
    connect,
  })
  const [first] = await world.publish({ articleId: '00353' })
  const begun = Promise.withResolvers<undefined>()
  const beginning = world.sql.begin(async (sql) => {
    await sql`update deposit set state = 'sending' where id = ${first?.id ?? ''}`
    await begun.promise
  })
  const planning = world.publish({ articleId: '00353', version: 2 })
  const waiting = () =>
    world.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1)
  begun.resolve(undefined)
  await beginning
  expect(await planning).toMatchObject([{ state: 'not-for-this-recipient' }])
  await world.pass(12)
  expect(received).toHaveLength(1)
})

const states = async (world: Awaited<ReturnType<typeof startWorld>>) =>
  (await world.deposits()).map(({ part, state }) => `${part} ${state}`)
const logger = createLogger({ service: 'deposits', level: 'silent' })

test('all deposits of a publication have one execution; where it was lost they go on in another', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [crossref, fileRecipient('ovid')], connect })
  await world.publish({ articleId: '00353', letters: 1 })
  await world.settled()
  expect(await world.openExecutions()).toEqual(['deposits-00353.1.run-1'])
  await world.loseExecutions()
  await world.pass(3)
  expect(await states(world)).toEqual(['article sent', 'reviews waiting', 'article confirmed'])
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), false)
  await world.pass(1)
  expect(await states(world)).toEqual(['article confirmed', 'reviews confirmed', 'article confirmed'])
  expect(await world.openExecutions()).toEqual([])
})

test('one that was planned, but not begun when the process was killed, is found when its hour is over', async () => {
  const { connect } = scripted({})
  const nightly = { cron: '15 22 * * *', zone: 'UTC' }
  const world = await startWorld({ recipients: [fileRecipient('ovid', { schedule: nightly })], connect })
  const [planned] = await world.publish({ articleId: '00353' })
  expect(planned).toMatchObject({ state: 'waiting', waitsFor: 'Waits for its hour: 2026-11-30T22:15:00Z' })
  await world.loseExecutions()
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), false)
  expect(await world.openExecutions()).toEqual([])
  await world.pass(11)
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), false)
  await world.settled()
  expect(await states(world)).toEqual(['article confirmed'])
})

test('deposits that were planned when each had an execution of its own go on in those, also where one was lost', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [crossref], connect })
  await world.publish({ articleId: '00353', letters: 1 })
  await world.settled()
  await world.loseExecutions()
  await world.sql`update deposit set together = false`
  await world.wakeAll()
  const [article, reviews] = await world.deposits()
  expect((await world.openExecutions()).toSorted()).toEqual(
    [`deposit-${article?.id}`, `deposit-${reviews?.id}`].toSorted(),
  )
  await world.workflowClient.terminate({ workflowId: `deposit-${reviews?.id}` }, { reason: 'lost in a test' })
  await world.pass(3)
  expect(await states(world)).toEqual(['article confirmed', 'reviews waiting'])
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), false)
  await world.settled()
  expect(await states(world)).toEqual(['article confirmed', 'reviews waiting'])
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), true)
  await world.pass(1)
  expect(await states(world)).toEqual(['article confirmed', 'reviews confirmed'])
})

test('an execution of its own leaves a deposit that has one with others alone', async () => {
  const { connect, received } = scripted({})
  const nightly = { cron: '15 22 * * *', zone: 'UTC' }
  const world = await startWorld({ recipients: [fileRecipient('ovid', { schedule: nightly })], connect })
  const [planned] = await world.publish({ articleId: '00353' })
  const id = planned?.id ?? ''
  await world.workflowClient.start(deposit, { workflowId: `deposit-${id}`, input: { deposit: id } })
  await world.pass(11)
  expect([await states(world), received.length]).toEqual([['article confirmed'], 1])
  expect(await world.openExecutions()).toEqual([])
})
