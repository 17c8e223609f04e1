import { createLogger } from '@continuum/service'
import { expect, test } from 'vitest'
import { authors, crossref, fileRecipient, pubmed, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'
import { sweep } from './work/executions.ts'
import { send } from './work/send.ts'

/** Deposits that would wait for ever, or be given up without a try: each comes to an end, or tells a person why it waits. */

const logger = createLogger({ service: 'deposits', level: 'silent' })
const nightly = { cron: '15 22 * * *', zone: 'UTC' }

test('a deposit whose files were removed is refused, and a person sees which is missing', async () => {
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients: [fileRecipient('ovid', { schedule: nightly })], connect })
  await world.publish({ articleId: '00353' })
  await world.sql`update publication set folder = 'gone'`
  await world.pass(11)
  expect(await world.deposits()).toMatchObject([
    {
      state: 'refused',
      needsPerson: true,
      answer: expect.stringMatching(/^Not sent: gone\/elife-00353-v1.xml is no longer in the bucket/),
    },
  ])
  expect([received.length, await world.openExecutions()]).toEqual([0, []])
})

test('a deposit whose kept document was removed is refused; sent again, it is made again', async () => {
  const { connect, received } = scripted({
    send: ({ context }) =>
      context.attempt === 1
        ? { kind: 'later', answer: '450', afterSeconds: 60, countsAsAttempt: true }
        : { kind: 'confirmed', answer: 'there' },
  })
  const world = await startWorld({ recipients: [authors], connect })
  const [planned] = await world.publish({ articleId: '00353' })
  await world.settled()
  await world.sql`update deposit set document = jsonb_set(document, '{key}', '"gone"')`
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([
    { state: 'refused', answer: expect.stringMatching(/^Not sent: gone is no longer in the bucket/) },
  ])
  expect(await world.sql`select outcome from attempt order by number`).toEqual([
    { outcome: 'later' },
    { outcome: 'refused' },
  ])
  expect(await world.sql`select recipient from failing`).toEqual([{ recipient: 'authors' }])
  await world.call('POST', '/deposits/act', { ids: [planned?.id], act: 'again', by: 'Ada' })
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  expect(received).toHaveLength(2)
})

test('PubMed is unanswered after three days, also where the execution that waited for it was lost', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [pubmed], connect })
  await world.publish({ articleId: '00353' })
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'sent', byHand: true, nextTry: null }])
  await world.loseExecutions()
  await world.pass(71)
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), true)
  expect(await world.openExecutions()).toEqual([])
  await world.pass(2)
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), false)
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'unanswered', needsPerson: true }])
})

test('what waited while its recipient was paused for days is tried when that is resumed, and not given up', async () => {
  const account = { refused: true }
  const { connect, received } = scripted({
    send: () =>
      account.refused ? { kind: 'refused', answer: '535', account: true } : { kind: 'confirmed', answer: 'taken' },
  })
  const world = await startWorld({ recipients: [authors], connect })
  await world.publish({ articleId: '00353' })
  await world.pass(50)
  expect(await world.deposits()).toMatchObject([{ state: 'waiting', waitsFor: expect.stringMatching(/^Paused by/) }])
  account.refused = false
  await world.call('POST', '/recipients/authors/resume', { by: 'Ada' })
  await world.pass(1)
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
  expect(received).toHaveLength(2)
})

test('a document that was made before a person sent the deposit again is not sent in place of the new one', async () => {
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients: [{ ...crossref, schedule: nightly }], connect })
  const [planned] = await world.publish({ articleId: '00353' })
  const id = planned?.id ?? ''
  await world.loseExecutions()
  await world.pass(11)
  const build: typeof world.tools.build = async (...given) => {
    const built = await world.tools.build(...given)
    await world.sql`update deposit set stamp = stamp + 1, document = null`
    return built
  }
  const tending = { signal: new AbortController().signal, log: logger }
  expect(await send({ ...world.tools, build }, id, tending)).toBeUndefined()
  expect([received.length, await world.sql`select 1 from attempt`]).toEqual([0, []])
  expect(await send(world.tools, id, tending)).toBe('sent')
  const [row] = await world.sql<{ stamp: string }[]>`select stamp::text from deposit`
  expect(received.map(({ name }) => name)).toEqual([expect.stringContaining(row?.stamp ?? 'none')])
})

test('a deposit of a recipient that is in the settings no more says so, and is not begun over and over', async () => {
  const { connect } = scripted({})
  const world = await startWorld({ recipients: [fileRecipient('ovid', { schedule: nightly })], connect })
  await world.publish({ articleId: '00353' })
  await world.loseExecutions()
  await world.sql`update deposit set recipient = 'former'`
  await world.pass(11)
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), false)
  await world.settled()
  const waitsFor = 'No recipient in the settings (RECIPIENTS) is named former.'
  expect(await world.deposits()).toMatchObject([{ state: 'waiting', waitsFor }])
  expect(await world.openExecutions()).toEqual(['deposits-00353.1.run-1'])
  await world.pass(2)
  await world.sql`update deposit set recipient = 'ovid'`
  await sweep({ sql: world.sql, executions: world.runs, logger }, world.now(), true)
  await world.settled()
  expect(await world.deposits()).toMatchObject([{ state: 'confirmed' }])
})
